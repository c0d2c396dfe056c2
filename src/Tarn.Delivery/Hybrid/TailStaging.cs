using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Prefixes;
using Tarn.Delivery.Shards;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Query.Sources;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Hybrid;

/// <summary>Stages the part of a shard's log that is not delivered, batch by batch, as its loop would.</summary>
internal sealed class TailStaging(
    CheckpointStore checkpoints,
    BatchMaker maker,
    Staging staging,
    IStreams streams,
    DeliveryOptions options,
    TimeProvider time)
{
    /// <summary>Where a lane's shards are to be read from, and the objects of batches that are under way.</summary>
    public async Task<(IReadOnlyList<TailStart> Starts, IReadOnlyList<ObjectKey> Uncommitted)> ReadAsync(
        DeliveryLane lane, CancellationToken cancellation)
    {
        var uncommitted = new List<ObjectKey>();
        var stored = await checkpoints.ListAsync(lane.Key, cancellation).ConfigureAwait(false);
        foreach (var checkpoint in stored.Select(item => item.Checkpoint))
        {
            uncommitted.AddRange((checkpoint.Batch?.Outputs ?? []).Select(output => ObjectKey.Parse(output.Object)));
            uncommitted.AddRange(checkpoint.Plan is { } first ? [ObjectKey.Parse(first.DataObject)] : []);
        }

        var starts = new List<TailStart>();
        var stream = streams.Find(lane.Stream);
        foreach (var shard in stream?.Shards ?? [])
        {
            var name = CheckpointStore.Name(lane.Key, shard.ShardId);
            var own = stored.FirstOrDefault(item => item.Name == name)?.Checkpoint;
            var next = own?.StreamId == stream!.Id
                ? new SequenceNumber(own.Next)
                : await FirstAsync(lane, shard.ShardId, cancellation).ConfigureAwait(false);
            starts.Add(new TailStart(shard.ShardId, next));
        }

        return (starts, uncommitted);
    }

    /// <summary>
    /// Adds a file for each folder and batch of what the shard holds from its start to its newest record.
    /// </summary>
    public async Task StageAsync(
        Table table,
        DeliveryLane lane,
        TailStart start,
        List<HybridFile> files,
        CancellationToken cancellation)
    {
        lane = Plain(lane);
        var zone = TimeZones.Find(lane.Output.TimeZone, "time zone");
        var end = await streams
            .ResolveAsync(lane.Stream, start.ShardId, new StartPosition.Latest(), cancellation).ConfigureAwait(false);
        for (var from = start.Next; from < end;)
        {
            var gathering = new Gathering(lane, start.ShardId, from, zone, maker, streams, options, time);
            await using (gathering.ConfigureAwait(false))
            {
                while (!gathering.IsClosed && gathering.Position < end)
                {
                    await gathering.ReadAsync(cancellation).ConfigureAwait(false);
                    if (gathering.IsAtTip || gathering.HasShardEnded)
                    {
                        break;
                    }
                }

                if (gathering.Staged is not ObjectBatch batch)
                {
                    return;
                }

                await batch.SealAsync(gathering.Range, cancellation).ConfigureAwait(false);
                files.AddRange(batch.Sealed.Where(item => item.Output.Kind == OutputKind.Data)
                    .Select(item => Take(table, item)));
                Check(table, lane, files);
                from = gathering.Range.Last.Next;
            }
        }
    }

    /// <summary>The lane without compression: its files live as long as one query.</summary>
    private static DeliveryLane Plain(DeliveryLane lane)
    {
        var destination = (ObjectDestination)lane.Destination;
        var output = destination.Output with { Compression = CompressionFormat.None, FileExtension = null };
        return lane with { Destination = destination with { Output = output } };
    }

    /// <summary>After each batch, whose size the delivery's own buffer bounds.</summary>
    private void Check(Table table, DeliveryLane lane, List<HybridFile> files)
    {
        var staged = files.Sum(file => file.File.Info.Size);
        if (staged > options.HybridTailBytesMax)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"records for table '{table.Name}' that are not delivered yet are more than "
                        + $"{options.HybridTailBytesMax:N0} bytes"),
                hint: $"deliver them first: tarn delivery flush {lane.Delivery}")
            {
                Code = "EXCEEDED_HYBRID_LIMIT",
            };
        }
    }

    private async Task<SequenceNumber> FirstAsync(
        DeliveryLane lane, string shardId, CancellationToken cancellation) => lane.From is { } from
        ? await streams.ResolveAsync(lane.Stream, shardId, new StartPosition.AtTime(from), cancellation)
            .ConfigureAwait(false)
        : new SequenceNumber(0);

    /// <summary>Takes a staged file over before its batch removes it.</summary>
    private HybridFile Take(Table table, SealedOutput item)
    {
        if (table.PartitionKeys.Count > 0 && item.Output.Partition is null)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"records for table '{table.Name}' are delivered to '{item.Output.Object}', which is in no partition")
            {
                Code = "NOT_SUPPORTED",
            };
        }

        var path = staging.NewPath();
        File.Move(item.File.Path, path);
        var size = new FileInfo(path).Length;
        var key = ObjectKey.Parse(item.Output.Object);
        var tag = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}");
        var info = new ObjectInfo(key, size, tag, time.GetUtcNow(), ObjectAttributes.None);
        return new HybridFile(new LocalFile(path, info, () => File.Delete(path)), item.Output.Partition ?? []);
    }
}
