using Microsoft.Extensions.Logging;
using Tarn.Formats.Compression;
using Tarn.Jobs.Compaction.Candidates;
using Tarn.Jobs.Compaction.Merging;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction;

/// <summary>
/// Makes several objects one. Called by the compaction's look only, one plan at a time; a stop anywhere leaves the plan
/// as it is stored, for the next look.
/// </summary>
/// <remarks>
/// <code>
///   1 store the plan; its new object counts for nothing             one transaction
///   2 write the new object, put it
///   3 the new object counts, the sources do not                     one transaction, or the plan is aborted
///   4 after the grace time: remove the sources (aborted: the new object)
///   5 end the exclusion, forget the plan                            one transaction
/// </code>
/// Readers that list before 3 see the sources, those after it the new object; both stand until 4.
/// </remarks>
internal sealed class CompactionFlow(
    IObjectStore store,
    PlanStore plans,
    PlanCommit commit,
    InputUse use,
    IReadOnlyDictionary<MergeFormat, IObjectMerge> merges,
    LeftAlone leftAlone,
    CompactionBoard board,
    CompactionInstruments instruments,
    IdSource ids,
    TimeProvider time,
    ILogger<CompactionFlow> logger)
{
    private const string StagePrefix = "compaction-";

    /// <summary>Steps 1 to 3.</summary>
    public async Task RunAsync(TableFolder folder, MergeGroup group, CancellationToken stop)
    {
        var id = ids.Next().ToString("N");
        var extension = group.Format == MergeFormat.Parquet
            ? ".parquet"
            : ".json" + CompressionCodec.Extension(CompressionCodec.Parse(group.Codec));
        var plan = new CompactionPlan
        {
            State = PlanState.Planned,
            Folder = folder.Folder.ToString(),
            Sources = group.Sources,
            Target = $"{folder.Folder}compacted-{id}{extension}",
            Format = group.Format,
            Codec = group.Codec,
            PlannedAt = time.GetUtcNow(),
        };
        var stored = await plans.CreateAsync(folder.Table.Name, id, plan, stop).ConfigureAwait(false);
        await CarryOutAsync(stored, folder.Settings, stop).ConfigureAwait(false);
    }

    /// <summary>Steps 2 and 3 of a plan that is stored.</summary>
    /// <param name="settings">Of its table now; null: the setting or the table is gone.</param>
    public async Task CarryOutAsync(StoredPlan stored, CompactionSettings? settings, CancellationToken stop)
    {
        if (settings is null)
        {
            await AbortAsync(stored, CompactionSettings.GraceDefault, "the setting is gone", stop)
                .ConfigureAwait(false);
            return;
        }

        board.Begin(stored);
        try
        {
            var (put, reason) = await WriteAsync(stored, stop).ConfigureAwait(false);
            reason ??= await commit.SwitchAsync(stored, put!, settings.Grace, stop).ConfigureAwait(false);
            if (reason is not null)
            {
                await AbortAsync(stored, settings.Grace, reason, stop).ConfigureAwait(false);
                return;
            }

            var bytesIn = stored.Plan.Sources.Sum(source => source.Size);
            instruments.Switched(stored, put!.Size);
            CompactionLog.Switched(
                logger, stored.Table, stored.Plan.Sources.Count, bytesIn, stored.Plan.Target, put.Size);
        }
        catch (TarnException failure) when (failure.Kind is not ErrorKind.Unavailable)
        {
            await AbortAsync(stored, settings.Grace, failure.Describe(), stop).ConfigureAwait(false);
            throw;
        }
        finally
        {
            board.End();
        }
    }

    /// <summary>Steps 4 and 5, when it is time.</summary>
    public async Task FinishAsync(StoredPlan stored, CancellationToken stop)
    {
        var plan = stored.Plan;
        if (plan.RemoveAt is not { } removeAt || removeAt > time.GetUtcNow())
        {
            return;
        }

        if (plan.State == PlanState.Aborted)
        {
            await RemoveAsync(plan.TargetKey(), stop).ConfigureAwait(false);
            await plans.EndAsync(stored, [], stop).ConfigureAwait(false);
            return;
        }

        foreach (var source in plan.Sources)
        {
            // Another object of that name was put since: it is the table's, and none of ours.
            var there = await FindAsync(source.ObjectKey, stop).ConfigureAwait(false);
            if (there?.ETag == source.Etag)
            {
                await RemoveAsync(source.ObjectKey, stop).ConfigureAwait(false);
            }
        }

        var jobs = await use.ListJobsAsync(stop).ConfigureAwait(false);
        var uses = jobs.SelectMany(job => plan.Sources.Select(source => InputLedger.PlanForget(job, source)));
        await plans.EndAsync(stored, uses, stop).ConfigureAwait(false);
    }

    /// <summary>Step 2.</summary>
    private async Task<(ObjectInfo? Put, string? Reason)> WriteAsync(StoredPlan stored, CancellationToken stop)
    {
        var path = Path.Combine(store.StagingDirectory, StagePrefix + stored.Id);
        try
        {
            var outcome = await merges[stored.Plan.Format].WriteAsync(stored.Plan, path, board.Read, stop)
                .ConfigureAwait(false);
            switch (outcome)
            {
                case MergeOutcome.Changed changed:
                    return (null, $"'{changed.Source.ObjectKey}' was changed or removed");
                case MergeOutcome.Unfit unfit:
                    leftAlone.Add(stored.Table, unfit.Source);
                    CompactionLog.LeftAlone(logger, stored.Table, unfit.Source.ObjectKey.ToString(), unfit.Reason);
                    return (null, $"'{unfit.Source.ObjectKey}' is left alone: {unfit.Reason}");
                default:
                    var attributes = new ObjectAttributes { ContentType = ContentType(stored.Plan) };
                    return (
                        await store.PutFileAsync(stored.Plan.TargetKey(), path, attributes, stop)
                            .ConfigureAwait(false),
                        null);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// The new object goes at once. Its exclusion stays for the grace time: a listing under way that met the object is
    /// made again as long as it sees that something was excluded.
    /// </summary>
    private async Task AbortAsync(StoredPlan stored, TimeSpan grace, string reason, CancellationToken stop)
    {
        CompactionLog.Aborted(logger, stored.Table, stored.Plan.Target, reason);
        instruments.Aborted(stored.Table);
        await plans.AbortAsync(stored, time.GetUtcNow() + grace, stop).ConfigureAwait(false);
        try
        {
            await RemoveAsync(stored.Plan.TargetKey(), stop).ConfigureAwait(false);
        }
        catch (TarnException failure)
        {
            // It counts for nothing, and step 4 removes it.
            CompactionLog.Failed(logger, stored.Table, failure);
        }
    }

    private async Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken stop) =>
        await store.FindBucketAsync(key.Bucket, stop).ConfigureAwait(false) is null
            ? null
            : await store.FindAsync(key, stop).ConfigureAwait(false);

    private async Task RemoveAsync(ObjectKey key, CancellationToken stop)
    {
        if (await FindAsync(key, stop).ConfigureAwait(false) is not null)
        {
            await store.DeleteAsync(key, stop).ConfigureAwait(false);
        }
    }

    private static string ContentType(CompactionPlan plan) => (plan.Format, plan.Codec) switch
    {
        (MergeFormat.Parquet, _) => "application/vnd.apache.parquet",
        (_, "none") => "application/x-ndjson",
        (_, "gzip") => "application/gzip",
        (_, "bzip2") => "application/x-bzip2",
        _ => "application/zstd",
    };
}
