using Tarn.Catalog;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Jobs;
using Tarn.Jobs.Compaction;
using Tarn.Query.Executions;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Lake;

/// <summary>
/// Looks at all engines, at most once a second however many pages ask, and not at all while nobody does. Thread-safe.
/// </summary>
internal sealed class LakeWatch(
    IStreams streams,
    IStreamFigures figures,
    IConsumerLags lags,
    IContinuousQueries views,
    IDeliveryStreams delivery,
    ICatalog catalog,
    IJobs jobs,
    ICompaction compaction,
    IQueries queries,
    IDashboards dashboards,
    TableSizes sizes,
    TimeProvider time) : IDisposable
{
    private const int QueriesShown = 8;
    private const int TablesShown = 200;
    private static readonly TimeSpan AgeMax = TimeSpan.FromMilliseconds(900);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly StreamRates rates = new(streams, figures, time);
    private LakeGlance? latest;

    public async Task<LakeGlance> LookAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var isFresh = latest is not null && time.GetUtcNow() - latest.At < AgeMax;
            return isFresh ? latest! : latest = await LookAgainAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<LakeGlance> LookAgainAsync(CancellationToken cancellation) => new(
        time.GetUtcNow(),
        rates.Look(),
        lags.List(),
        views.List(),
        await delivery.ListAsync(cancellation),
        await TablesAsync(cancellation),
        await jobs.ListAsync(cancellation),
        await queries.ListAsync(workgroup: null, QueriesShown, cancellation),
        await dashboards.ListAsync(cancellation));

    private async Task<IReadOnlyList<TableGlance>> TablesAsync(CancellationToken cancellation)
    {
        var tables = new List<TableGlance>();
        var compacted = (await compaction.ListAsync(cancellation)).ToDictionary(status => status.Table);
        foreach (var database in await catalog.ListDatabasesAsync(cancellation))
        {
            foreach (var table in await catalog.ListTablesAsync(database.Name, cancellation))
            {
                var size = tables.Count < TablesShown ? await sizes.MeasureAsync(table, cancellation) : null;
                tables.Add(new TableGlance(table, size, compacted.GetValueOrDefault(table.Name)));
            }
        }

        return tables;
    }
}
