using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Targets;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Jobs.Runs;

/// <summary>The one transaction that ends a run whose objects stand.</summary>
internal sealed class RunCommit(ICatalog catalog, RunStore runs, RunOutputs objects, TimeProvider time)
{
    /// <summary>Step 5 of a job with a bookmark: its files join those of the target.</summary>
    public async Task<JobRun> AppendAsync(
        JobSpec spec,
        StoredRun stored,
        JobRun run,
        Table table,
        IReadOnlyList<PlannedOutput> outputs,
        CancellationToken stop)
    {
        var used = InputLedger.PlanUse(spec.Name, run.Number, stored.Resource.Inputs).ToList();
        var partitions = PartitionsOf(table, outputs);
        for (var attempt = 1; ; attempt++)
        {
            var registered = partitions.Count == 0
                ? []
                : await catalog.PlanPartitionsAsync(table.Name, partitions, stop).ConfigureAwait(false);
            if (await TryCommitAsync(stored, run, [.. used, .. registered], attempt, stop).ConfigureAwait(false))
            {
                return run;
            }
        }
    }

    /// <summary>
    /// Step 5 of a job without: readers are switched to the run's folder, then folders before the last go.
    /// </summary>
    public async Task<JobRun> ReplaceAsync(
        JobSpec spec,
        StoredRun stored,
        JobRun run,
        Table table,
        IReadOnlyList<PlannedOutput> outputs,
        CancellationToken stop)
    {
        var before = await runs.FindBookmarkAsync(spec.Name, stop).ConfigureAwait(false);
        var bookmark = new JobBookmark(run.Number, before.LiveRun);
        var folder = OutputNaming.RunFolder(spec, run.Number);
        for (var attempt = 1; ; attempt++)
        {
            var switched = await catalog
                .PlanReplacementAsync(table.Name, folder, PartitionsOf(table, outputs), stop).ConfigureAwait(false);
            IReadOnlyList<MetadataChange> changes = [.. switched, RunStore.PlanBookmark(spec.Name, bookmark)];
            if (await TryCommitAsync(stored, run, changes, attempt, stop).ConfigureAwait(false))
            {
                break;
            }
        }

        await objects.RemoveOldFoldersAsync(spec, bookmark, stop).ConfigureAwait(false);
        return run;
    }

    /// <summary>False when somebody else changed the catalog since the plan, which is then made again.</summary>
    private async Task<bool> TryCommitAsync(
        StoredRun stored, JobRun run, IReadOnlyList<MetadataChange> changes, int attempt, CancellationToken stop)
    {
        const int AttemptsMax = 8;
        try
        {
            await runs.SaveAsync(stored, new RunResource { Run = run }, changes, stop).ConfigureAwait(false);
            return true;
        }
        catch (TarnException e) when (e.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
        {
            return false;
        }
    }

    private IReadOnlyList<Partition> PartitionsOf(Table table, IReadOnlyList<PlannedOutput> outputs)
    {
        var now = time.GetUtcNow();
        return table.PartitionKeys.Count == 0
            ? []
            : [.. outputs
                .DistinctBy(output => output.Location)
                .Select(output => new Partition(output.File.Values, output.Location, now))];
    }
}
