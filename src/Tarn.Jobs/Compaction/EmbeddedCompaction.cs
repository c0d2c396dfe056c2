using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction.Candidates;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Compaction;

/// <summary>
/// Looks at the tables once when the server starts and then at a steady interval, off every hot path, one look at a
/// time. A stop leaves what is under way to the next start.
/// </summary>
internal sealed class EmbeddedCompaction(
    ICatalog catalog,
    PlanStore plans,
    CompactionLook look,
    CompactionBoard board,
    LeftAlone leftAlone,
    InputGate inputs,
    CompactionOptions options,
    TimeProvider time,
    ILogger<EmbeddedCompaction> logger)
    : ICompaction, IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(() => LoopAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _gate.Release();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _gate.Dispose();
    }

    public async Task<IReadOnlyList<CompactionStatus>> ListAsync(CancellationToken cancellation)
    {
        var tables = await look.ListTablesAsync(cancellation).ConfigureAwait(false);
        var stored = await plans.ListAsync(cancellation).ConfigureAwait(false);
        var byName = tables.ToDictionary(table => table.Name);
        var found = new List<CompactionStatus>();
        foreach (var name in byName.Keys.Union(stored.Select(plan => plan.Table)).OrderBy(name => name.ToString()))
        {
            found.Add(await StatusAsync(name, byName.GetValueOrDefault(name), stored, cancellation)
                .ConfigureAwait(false));
        }

        return found;
    }

    public async Task<CompactionStatus> RunAsync(TableName table, CancellationToken cancellation)
    {
        var found = await catalog.FindTableAsync(table, cancellation).ConfigureAwait(false)
            ?? throw new TarnException(ErrorKind.NotFound, $"table '{table}' does not exist");
        if (CompactionSettings.Of(found.Name, found.Parameters) is null)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"table '{table}' has no compaction",
                hint: $"set its property '{CompactionSettings.TargetBytesName}'");
        }

        await Task.Run(() => LookAsync(token => look.RunAsync(found, token), _stopping.Token), CancellationToken.None)
            .WaitAsync(cancellation).ConfigureAwait(false);
        var stored = await plans.ListAsync(cancellation).ConfigureAwait(false);
        return await StatusAsync(found.Name, found, stored, cancellation).ConfigureAwait(false);
    }

    public Task ClearAsync(CancellationToken cancellation) => GatedAsync(
        async token =>
        {
            await plans.ClearAsync(token).ConfigureAwait(false);
            look.Clear();
            leftAlone.Clear();
        },
        cancellation);

    private async Task LoopAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.Interval, time);
        do
        {
            try
            {
                await LookAsync(look.RunAsync, stop).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                CompactionLog.NotLooked(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    /// <summary>Does nothing while a run of a job is under way; the next look comes.</summary>
    private Task LookAsync(Func<CancellationToken, Task> act, CancellationToken stop) => GatedAsync(
        async token =>
        {
            using var entered = await inputs.TryEnterCompactionAsync(token).ConfigureAwait(false);
            if (entered is not null)
            {
                await act(token).ConfigureAwait(false);
            }
        },
        stop);

    private async Task GatedAsync(Func<CancellationToken, Task> act, CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await act(stop).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<CompactionStatus> StatusAsync(
        TableName name, Table? table, IReadOnlyList<StoredPlan> stored, CancellationToken cancellation)
    {
        var (totals, _) = await plans.FindTotalsAsync(name, cancellation).ConfigureAwait(false);
        var (underWay, done) = board.BytesOf(name);
        var status = new CompactionStatus
        {
            Table = name,
            ObjectsIn = totals.ObjectsIn,
            BytesIn = totals.BytesIn,
            ObjectsOut = totals.ObjectsOut,
            BytesOut = totals.BytesOut,
            LastAt = totals.LastAt,
            ObjectsInGrace = stored
                .Where(plan => plan.Table == name && plan.Plan.State == PlanState.Switched)
                .Sum(plan => plan.Plan.Sources.Count),
            BytesUnderWay = underWay,
            BytesDone = done,
            ObjectsLeftAlone = leftAlone.Count(name),
            Error = board.FindError(name)?.Error,
            ErrorAt = board.FindError(name)?.At,
        };
        try
        {
            return status with { Settings = table is null ? null : CompactionSettings.Of(name, table.Parameters) };
        }
        catch (TarnException wrong)
        {
            // Stored before properties were checked: shown, and of no effect.
            return status with { Error = wrong.Describe(), ErrorAt = table!.UpdatedAt };
        }
    }
}
