using Microsoft.Extensions.Logging;
using Tarn.Delivery.Checkpoints;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Batches;

/// <summary>
/// Carries out a plan: reads its range of the log in bounded steps, and puts the objects. May be repeated any number of
/// times: the same plan gives the same bytes under the same names. Thread-safe.
/// </summary>
/// <remarks>
/// Only when the log no longer holds all of a plan's records (retention passed, or the stream was deleted, between
/// two attempts) would a repeat write less than the first attempt did: then an object that stands already is left
/// as it is.
/// </remarks>
internal sealed class BatchWriter(
    IStreams streams, IObjectStore store, IdSource ids, DeliveryOptions options, ILogger<BatchWriter> logger)
{
    public async Task<BatchOutcome> WriteAsync(DeliveryPlan plan, string streamId, CancellationToken cancellation)
    {
        using var data = new StagedObject(StagedPath(), plan.Compression);
        using var errors = new StagedObject(StagedPath(), plan.Compression);
        await CopyAsync(plan, streamId, data, errors, cancellation).ConfigureAwait(false);
        if (data.Lines + errors.Lines == plan.Records)
        {
            await errors.PutAsync(store, plan.ErrorObject, cancellation).ConfigureAwait(false);
            await data.PutAsync(store, plan.DataObject, cancellation).ConfigureAwait(false);
            return new BatchOutcome(data.Lines, errors.Lines, LostRecords: 0);
        }

        return await PutRemainsAsync(plan, data, errors, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes back what attempts at this plan may have put.</summary>
    public async Task RemoveAsync(DeliveryPlan plan, CancellationToken cancellation)
    {
        await store.DeleteAsync(ObjectKey.Parse(plan.DataObject), cancellation).ConfigureAwait(false);
        await store.DeleteAsync(ObjectKey.Parse(plan.ErrorObject), cancellation).ConfigureAwait(false);
    }

    private async Task CopyAsync(
        DeliveryPlan plan, string streamId, StagedObject data, StagedObject errors, CancellationToken cancellation)
    {
        var position = new SequenceNumber(plan.First);
        var last = new SequenceNumber(plan.Last);
        while (position <= last && IsReadable(plan, streamId))
        {
            var bounds = new ReadBounds(RecordsMax: 10_000, options.ReadBytesMax);
            var read = await streams.ReadAsync(plan.Stream, plan.ShardId, position, bounds, cancellation)
                .ConfigureAwait(false);
            if (read.Records.Count == 0 || !IsReadable(plan, streamId))
            {
                return;
            }

            foreach (var record in read.Records)
            {
                if (record.SequenceNumber > last)
                {
                    return;
                }

                Copy(record, plan, data, errors);
            }

            position = read.Next;
        }
    }

    private static void Copy(in StreamRecord record, DeliveryPlan plan, StagedObject data, StagedObject errors)
    {
        if (RecordLine.FindFault(record.Data.Span) is { } fault)
        {
            ErrorLine.Write(errors.Output, plan.ShardId, record, fault);
            errors.EndLine();
        }
        else
        {
            RecordLine.Write(data.Output, record.Data.Span);
            data.EndLine();
        }
    }

    private async Task<BatchOutcome> PutRemainsAsync(
        DeliveryPlan plan, StagedObject data, StagedObject errors, CancellationToken cancellation)
    {
        if (data.Lines + errors.Lines > plan.Records)
        {
            throw new TarnException(
                ErrorKind.Damaged,
                $"shard '{plan.ShardId}' of stream '{plan.Stream}' holds more records than were planned",
                $"{plan.First} to {plan.Last}: {data.Lines + errors.Lines} instead of {plan.Records}");
        }

        var dataStands = await StandsAsync(plan.DataObject, cancellation).ConfigureAwait(false);
        var errorsStand = await StandsAsync(plan.ErrorObject, cancellation).ConfigureAwait(false);
        if (!errorsStand)
        {
            await errors.PutAsync(store, plan.ErrorObject, cancellation).ConfigureAwait(false);
        }

        if (dataStands)
        {
            return new BatchOutcome(plan.Records - errors.Lines, errors.Lines, LostRecords: 0);
        }

        await data.PutAsync(store, plan.DataObject, cancellation).ConfigureAwait(false);
        var lost = plan.Records - data.Lines - errors.Lines;
        DeliveryLog.RecordsLost(logger, lost, plan.Stream, plan.ShardId, plan.First, plan.Last);
        return new BatchOutcome(data.Lines, errors.Lines, lost);
    }

    private async Task<bool> StandsAsync(string uri, CancellationToken cancellation) =>
        await store.FindAsync(ObjectKey.Parse(uri), cancellation).ConfigureAwait(false) is not null;

    private bool IsReadable(DeliveryPlan plan, string streamId) => streams.Find(plan.Stream) is { } stream
        && stream.Id == streamId && stream.Shards.Any(shard => shard.ShardId == plan.ShardId);

    private string StagedPath() => Path.Combine(store.StagingDirectory, $"delivery-{ids.Next():N}");
}
