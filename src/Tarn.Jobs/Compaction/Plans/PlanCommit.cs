using Tarn.Jobs.Inputs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Plans;

/// <summary>
/// The transaction that lets a plan's new object take the place of its sources, in tables and in the ledgers of jobs.
/// </summary>
internal sealed class PlanCommit(
    IObjectStore store, IMetadataStore metadata, PlanStore plans, InputUse use, TimeProvider time)
{
    private const int AttemptsMax = 20;

    /// <summary>Null when it happened, otherwise why it must not.</summary>
    public async Task<string?> SwitchAsync(
        StoredPlan stored, ObjectInfo put, TimeSpan grace, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Held from here on: a run that is planned meanwhile lets the transaction fail, and is looked at then.
            var hold = await InputMark.HoldAsync(metadata, InputMark.Planned, stop).ConfigureAwait(false);
            var (uses, reason) = await PlanUsesAsync(stored.Plan, put, stop).ConfigureAwait(false);
            reason ??= await FindChangedAsync(stored.Plan, stop).ConfigureAwait(false);
            if (reason is not null)
            {
                return reason;
            }

            var (totals, version) = await plans.FindTotalsAsync(stored.Table, stop).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var after = new CompactionTotals(
                totals.ObjectsIn + stored.Plan.Sources.Count,
                totals.BytesIn + stored.Plan.Sources.Sum(source => source.Size),
                totals.ObjectsOut + 1,
                totals.BytesOut + put.Size,
                now);
            IEnumerable<MetadataChange> further =
                [hold, InputMark.Move(InputMark.Switched), PlanStore.PlanTotals(stored.Table, after, version), .. uses];
            try
            {
                await plans.SwitchAsync(stored, now + grace, further, stop).ConfigureAwait(false);
                return null;
            }
            catch (TarnException e) when (e.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
            {
                // A run was planned since the look; the next attempt sees whether it reads these objects.
            }
        }
    }

    /// <summary>
    /// A job that has used all sources has used the new object; one that has used none has not. In between there is
    /// nothing that would be right.
    /// </summary>
    private async Task<(List<MetadataChange> Uses, string? Reason)> PlanUsesAsync(
        CompactionPlan plan, ObjectInfo put, CancellationToken stop)
    {
        var changes = new List<MetadataChange>();
        var jobs = await use.ListJobsAsync(stop).ConfigureAwait(false);
        var taken = await use.UnderWayAsync(jobs, stop).ConfigureAwait(false);
        if (plan.Sources.FirstOrDefault(source => taken.Contains(source.ObjectKey)) is { } read)
        {
            return (changes, $"a run that is not over has taken '{read.ObjectKey}'");
        }

        foreach (var job in jobs)
        {
            var used = new List<long>();
            foreach (var source in plan.Sources)
            {
                if (await use.FindRunAsync(job, source, stop).ConfigureAwait(false) is { } run)
                {
                    used.Add(run);
                }
            }

            if (used.Count == plan.Sources.Count)
            {
                changes.AddRange(InputLedger.PlanUse(job, used.Max(), [JobInput.Of(put)]));
            }
            else if (used.Count > 0)
            {
                return (changes, $"job '{job}' has used some of the objects meanwhile");
            }
        }

        return (changes, null);
    }

    private async Task<string?> FindChangedAsync(CompactionPlan plan, CancellationToken stop)
    {
        foreach (var source in plan.Sources)
        {
            var there = await store.FindAsync(source.ObjectKey, stop).ConfigureAwait(false);
            if (there?.ETag != source.Etag)
            {
                return $"'{source.ObjectKey}' was changed or removed";
            }
        }

        return null;
    }
}
