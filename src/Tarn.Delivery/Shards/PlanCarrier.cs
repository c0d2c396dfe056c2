using Microsoft.Extensions.Logging;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Hybrid;
using Tarn.Delivery.Lanes;

namespace Tarn.Delivery.Shards;

/// <summary>
/// Carries out a stored plan: puts what was staged, and commits checkpoint and partitions in one step. May be repeated
/// any number of times: the same plan gives the same objects under the same names.
/// </summary>
/// <remarks>
/// Only when the log no longer holds all of a plan's records (retention passed, or the stream was deleted, between two
/// attempts) would a repeat write less than the first attempt did: then an object that stands already is left as it is.
/// </remarks>
internal sealed class PlanCarrier(
    CheckpointStore checkpoints,
    Staging staging,
    Restaging restaging,
    CommitTurns turns,
    TimeProvider time,
    ILogger<PlanCarrier> logger)
{
    /// <summary>Puts a batch that is staged and sealed.</summary>
    public Task<StoredCheckpoint> CarryOutAsync(
        StoredCheckpoint stored, BatchPlan plan, IStagedBatch staged, CancellationToken cancellation) =>
        PutAsync(stored, plan, staged, standing: [], cancellation);

    /// <summary>Stages a plan of an attempt before again, and puts it.</summary>
    public async Task<StoredCheckpoint> RepeatAsync(
        DeliveryLane lane, StoredCheckpoint stored, BatchPlan plan, CancellationToken cancellation)
    {
        var (staged, outputs, records) = await restaging
            .StageAsync(lane, plan, stored.Checkpoint.StreamId, cancellation)
            .ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            if (records < plan.Records)
            {
                return await PutRemainsAsync(stored, plan, staged, records, cancellation).ConfigureAwait(false);
            }

            var names = outputs.Select(output => output.Object).ToHashSet(StringComparer.Ordinal);
            foreach (var stale in plan.Outputs.Where(output => output.Records == 0 || !names.Contains(output.Object)))
            {
                // A function or an endpoint may answer differently this time.
                await staging.RemoveAsync(stale.Object, cancellation).ConfigureAwait(false);
            }

            return await PutAsync(stored, plan, staged, standing: [], cancellation).ConfigureAwait(false);
        }
    }

    private async Task<StoredCheckpoint> PutRemainsAsync(
        StoredCheckpoint stored, BatchPlan plan, IStagedBatch staged, long records, CancellationToken cancellation)
    {
        var standing = await FindStandingAsync(plan, cancellation).ConfigureAwait(false);
        if (standing.Count < plan.Outputs.Count || plan.Outputs.Count == 0)
        {
            DeliveryLog.RecordsLost(
                logger, plan.Records - records, plan.Stream, plan.ShardId, plan.First, plan.Last);
        }

        return await PutAsync(stored, plan, staged, standing, cancellation).ConfigureAwait(false);
    }

    private async Task<StoredCheckpoint> PutAsync(
        StoredCheckpoint stored,
        BatchPlan plan,
        IStagedBatch staged,
        IReadOnlyList<PlannedOutput> standing,
        CancellationToken cancellation)
    {
        var outcome = await staged.PutAsync(plan, standing, cancellation).ConfigureAwait(false);
        var lane = stored.Name[..stored.Name.LastIndexOf('/')];
        using var turn = await turns.EnterAsync(lane, cancellation).ConfigureAwait(false);
        var after = CheckpointRule.Advance(stored.Checkpoint, plan, outcome, time.GetUtcNow());
        return outcome.Folders.Count > 0 && TableOf(plan.Destination) is { } table
            ? await checkpoints.CommitAsync(stored, after, table, outcome.Folders, cancellation).ConfigureAwait(false)
            : await checkpoints.SaveAsync(stored, after, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes back what attempts at a plan may have put.</summary>
    public async Task<StoredCheckpoint> DropAsync(StoredCheckpoint stored, CancellationToken cancellation)
    {
        var before = stored.Checkpoint;
        var names = (before.Batch?.Outputs ?? []).Select(output => output.Object)
            .Concat(before.Plan is { } first ? [first.DataObject, first.ErrorObject] : []);
        foreach (var name in names)
        {
            await staging.RemoveAsync(name, cancellation).ConfigureAwait(false);
        }

        return await checkpoints.SaveAsync(stored, before with { Plan = null, Batch = null }, cancellation)
            .ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<PlannedOutput>> FindStandingAsync(BatchPlan plan, CancellationToken cancellation)
    {
        var stand = new List<PlannedOutput>();
        foreach (var output in plan.Outputs)
        {
            if (await staging.StandsAsync(output.Object, cancellation).ConfigureAwait(false))
            {
                stand.Add(output);
            }
        }

        return stand;
    }

    /// <summary>The table whose partitions the folders are, or null.</summary>
    public static TableName? TableOf(DeliveryDestination destination) => destination switch
    {
        ObjectDestination { Table: { } target } => new TableName(target.Database, target.Table),
        ObjectDestination { Conversion: { } conversion } => new TableName(conversion.Database, conversion.Table),
        _ => null,
    };
}
