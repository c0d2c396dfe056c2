using Tarn.Catalog.Tables;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Jobs;
using Tarn.Query.Workgroups;
using Tarn.Streams;

namespace Tarn.Projects.Lake;

/// <summary>
/// Everything that a lake project's files declare, checked but not yet applied. Made by
/// <see cref="LakeProjectReader"/>.
/// </summary>
public sealed record LakeProject
{
    /// <summary>Of lake.yaml; the folder's name when absent.</summary>
    public required string Name { get; init; }

    /// <summary>Buckets named in lake.yaml and in locations.</summary>
    public IReadOnlyList<string> Buckets { get; init; } = [];

    public IReadOnlyList<StreamSpec> Streams { get; init; } = [];

    public IReadOnlyList<Table> Tables { get; init; } = [];

    public IReadOnlyList<Workgroup> Workgroups { get; init; } = [];

    public IReadOnlyList<DeliverySpec> Deliveries { get; init; } = [];

    /// <summary>Continuous queries in file and line order.</summary>
    public IReadOnlyList<ProjectStatement> Statements { get; init; } = [];

    public IReadOnlyList<JobSpec> Jobs { get; init; } = [];

    public IReadOnlyList<DashboardSpec> Dashboards { get; init; } = [];
}
