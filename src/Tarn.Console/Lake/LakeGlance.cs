using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Jobs;
using Tarn.Query.Executions;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Lake;

/// <summary>The whole lake as of one moment.</summary>
internal sealed record LakeGlance(
    DateTimeOffset At,
    IReadOnlyList<StreamGlance> Streams,
    IReadOnlyList<ConsumerLag> Consumers,
    IReadOnlyList<ViewStatus> Views,
    IReadOnlyList<DeliveryStatus> Delivery,
    IReadOnlyList<TableGlance> Tables,
    IReadOnlyList<JobStatus> Jobs,
    IReadOnlyList<QueryExecution> Queries,
    IReadOnlyList<DashboardSpec> Dashboards)
{
    /// <summary>True when nothing was declared yet.</summary>
    public bool IsEmpty =>
        Streams.Count + Views.Count + Delivery.Count + Tables.Count + Jobs.Count + Dashboards.Count == 0;
}
