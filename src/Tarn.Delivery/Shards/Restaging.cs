using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Lanes;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Shards;

/// <summary>Stages the batch of a stored plan once more: the same records, with the settings of then.</summary>
internal sealed class Restaging(BatchMaker maker, IStreams streams, DeliveryOptions options)
{
    /// <summary>
    /// The batch, sealed, with what it becomes, and how many of its records the log still holds.
    /// </summary>
    public async Task<(IStagedBatch Staged, IReadOnlyList<PlannedOutput> Outputs, long Records)> StageAsync(
        DeliveryLane lane, BatchPlan plan, string streamId, CancellationToken cancellation)
    {
        var scene = new BatchScene(
            lane with { Stream = plan.Stream, IsFromStream = plan.IsFromStream, Destination = plan.Destination },
            plan.ShardId,
            plan.StartedAt,
            plan.OldestArrival,
            plan.First,
            plan.GivenUp);
        var staged = await maker.BeginAsync(scene, cancellation).ConfigureAwait(false);
        try
        {
            var records = await CopyAsync(plan, streamId, staged, cancellation).ConfigureAwait(false);
            if (records > plan.Records)
            {
                throw new TarnException(
                    ErrorKind.Damaged,
                    $"shard '{plan.ShardId}' of stream '{plan.Stream}' holds more records than were planned",
                    $"{plan.First} to {plan.Last}: {records} instead of {plan.Records}");
            }

            var outputs = await staged.SealAsync(BatchRange.Of(plan), cancellation).ConfigureAwait(false);
            return (staged, outputs, records);
        }
        catch
        {
            await staged.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<long> CopyAsync(
        BatchPlan plan, string streamId, IStagedBatch staged, CancellationToken cancellation)
    {
        var records = 0L;
        var position = new SequenceNumber(plan.First);
        var last = new SequenceNumber(plan.Last);
        while (position <= last && IsReadable(plan, streamId))
        {
            var read = await streams.ReadAsync(plan.Stream, plan.ShardId, position, options.ReadBounds, cancellation)
                .ConfigureAwait(false);
            if (read.Records.Count == 0 || !IsReadable(plan, streamId))
            {
                break;
            }

            var planned = read.Records.Where(record => record.SequenceNumber <= last).ToList();
            await staged.AddAsync(planned, cancellation).ConfigureAwait(false);
            records += planned.Count;
            position = read.Next;
            read.Release();
        }

        return records;
    }

    private bool IsReadable(BatchPlan plan, string streamId) => streams.Find(plan.Stream) is { } stream
        && stream.Id == streamId && stream.Shards.Any(shard => shard.ShardId == plan.ShardId);
}
