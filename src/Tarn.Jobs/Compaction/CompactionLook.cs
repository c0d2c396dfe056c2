using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction.Candidates;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction;

/// <summary>
/// One look at everything there is to do: first what is stored as planned, then folders that are due, until the look's
/// bounds are reached. A table that fails is noted and tried again at a later look; the others go on. Not thread-safe.
/// </summary>
internal sealed class CompactionLook(
    ICatalog catalog,
    PlanStore plans,
    CandidateFinder finder,
    CompactionFlow flow,
    CompactionBoard board,
    CompactionInstruments instruments,
    CompactionOptions options,
    TimeProvider time,
    ILogger<CompactionLook> logger)
{
    private const string WholeTable = "";
    private static readonly TimeSpan FailureDelay = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(TableName Table, ObjectKey Folder), DateTimeOffset> _nextAt = [];
    private int _turn;

    public void Clear()
    {
        _nextAt.Clear();
        board.Clear();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        await FinishPlansAsync(only: null, stop).ConfigureAwait(false);
        var tables = await ListTablesAsync(stop).ConfigureAwait(false);
        Forget(tables);
        var left = new Bounds { Bytes = options.BytesPerLookMax, Listings = options.ListingsPerLookMax };
        _turn++;
        for (var i = 0; i < tables.Count && left.IsAny; i++)
        {
            var table = tables[(i + _turn) % tables.Count];
            await TryAsync(table.Name, WholeTable, token => RunAsync(table, isForced: false, left, token), stop)
                .ConfigureAwait(false);
        }
    }

    /// <summary>All folders of one table, due or not, without bounds.</summary>
    public async Task RunAsync(Table table, CancellationToken stop)
    {
        await FinishPlansAsync(table.Name, stop).ConfigureAwait(false);
        var left = new Bounds { Bytes = long.MaxValue, Listings = int.MaxValue };
        await TryAsync(table.Name, WholeTable, token => RunAsync(table, isForced: true, left, token), stop)
            .ConfigureAwait(false);
    }

    /// <summary>The tables that say something about compaction, right or wrong.</summary>
    public async Task<IReadOnlyList<Table>> ListTablesAsync(CancellationToken stop)
    {
        var found = new List<Table>();
        foreach (var database in await catalog.ListDatabasesAsync(stop).ConfigureAwait(false))
        {
            try
            {
                var tables = await catalog.ListTablesAsync(database.Name, stop).ConfigureAwait(false);
                found.AddRange(tables.Where(table => table.Parameters.Keys.Any(CompactionSettings.IsOne)));
            }
            catch (TarnException deleted) when (deleted.Kind == ErrorKind.NotFound)
            {
                // A database that went since the list of them was read has no tables.
            }
        }

        return found;
    }

    private async Task FinishPlansAsync(TableName? only, CancellationToken stop)
    {
        foreach (var stored in await plans.ListAsync(stop).ConfigureAwait(false))
        {
            if (only is { } name && name != stored.Table)
            {
                continue;
            }

            await TryAsync(
                stored.Table,
                stored.Plan.Target,
                async token =>
                {
                    if (stored.Plan.State != PlanState.Planned)
                    {
                        await flow.FinishAsync(stored, token).ConfigureAwait(false);
                        return;
                    }

                    CompactionLog.Repeated(logger, stored.Table, stored.Plan.Target);
                    var table = await catalog.FindTableAsync(stored.Table, token).ConfigureAwait(false);
                    var settings = table is null ? null : CompactionSettings.Of(table.Name, table.Parameters);
                    await flow.CarryOutAsync(stored, settings, token).ConfigureAwait(false);
                },
                stop).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(Table table, bool isForced, Bounds left, CancellationToken stop)
    {
        if (CompactionSettings.Of(table.Name, table.Parameters) is not { } settings)
        {
            return;
        }

        foreach (var folder in await FoldersAsync(table, settings, stop).ConfigureAwait(false))
        {
            var key = (table.Name, folder.Folder);
            if (!left.IsAny || (!isForced && _nextAt.GetValueOrDefault(key) > time.GetUtcNow()))
            {
                continue;
            }

            left.Listings--;
            _nextAt[key] = time.GetUtcNow() + FailureDelay;
            await TryAsync(
                table.Name,
                folder.Folder.ToString(),
                async token => _nextAt[key] = await RunAsync(folder, left, token).ConfigureAwait(false),
                stop).ConfigureAwait(false);
        }
    }

    /// <summary>When to look at the folder again.</summary>
    private async Task<DateTimeOffset> RunAsync(TableFolder folder, Bounds left, CancellationToken stop)
    {
        var look = await finder.LookAsync(folder, stop).ConfigureAwait(false);
        foreach (var group in look.Groups)
        {
            if (!left.IsAny)
            {
                return time.GetUtcNow();
            }

            left.Bytes -= group.Sources.Sum(source => source.Size);
            await flow.RunAsync(folder, group, stop).ConfigureAwait(false);
        }

        return look.NextAt;
    }

    private async Task<IEnumerable<TableFolder>> FoldersAsync(
        Table table, CompactionSettings settings, CancellationToken stop)
    {
        if (table.PartitionKeys.Count == 0)
        {
            return [new TableFolder(table, settings, TableFolder.Parse(table.Storage.Location), PeriodEnd: null)];
        }

        var partitions = await catalog.ListPartitionsAsync(table.Name, stop).ConfigureAwait(false);
        return partitions
            .Select(partition => new TableFolder(
                table,
                settings,
                TableFolder.Parse(partition.Location),
                PartitionPeriod.EndOf(table.PartitionKeys, partition.Values)))
            .DistinctBy(folder => folder.Folder);
    }

    /// <summary>A failure is the table's, and is shown with it.</summary>
    private async Task TryAsync(
        TableName table, string part, Func<CancellationToken, Task> act, CancellationToken stop)
    {
        try
        {
            await act(stop).ConfigureAwait(false);
            board.Succeeded(table, part);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            board.Failed(
                table, part, failure is TarnException known ? known.Describe() : failure.Message, time.GetUtcNow());
            instruments.Failed(table);
            CompactionLog.Failed(logger, table, failure);
        }
    }

    private void Forget(IReadOnlyList<Table> tables)
    {
        var names = tables.Select(table => table.Name).ToHashSet();
        foreach (var gone in _nextAt.Keys.Where(key => !names.Contains(key.Table)).ToList())
        {
            _nextAt.Remove(gone);
        }
    }

    private sealed class Bounds
    {
        public long Bytes { get; set; }

        public int Listings { get; set; }

        public bool IsAny => Bytes > 0 && Listings > 0;
    }
}
