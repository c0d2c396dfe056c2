using Tarn.Delivery.Batches;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Shards;

/// <summary>
/// Gathers the next batch of a shard by reading ahead in the log. Payloads are looked at for their length only.
/// </summary>
internal sealed class ShardScan(SequenceNumber from)
{
    public OpenBatch Batch { get; private set; }

    /// <summary>Where the next read begins.</summary>
    public SequenceNumber Position { get; private set; } = from;

    /// <summary>A record was met that does not fit into the batch any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The last read found nothing.</summary>
    public bool IsAtTip { get; private set; }

    /// <summary>The shard is closed and read to its end.</summary>
    public bool HasShardEnded { get; private set; }

    /// <summary>One bounded read; does nothing when the batch is closed.</summary>
    public async Task ReadAsync(
        IStreams streams, DeliverySpec spec, string shardId, DeliveryOptions options, CancellationToken cancellation)
    {
        var bounds = new ReadBounds(RecordsMax: 10_000, options.ReadBytesMax);
        var read = await streams.ReadAsync(spec.Stream, shardId, Position, bounds, cancellation).ConfigureAwait(false);
        foreach (var record in read.Records)
        {
            if (!Batch.TryAdd(record, spec.BufferBytesMax, out var next))
            {
                IsClosed = true;
                return;
            }

            Batch = next;
        }

        Position = read.Next;
        IsAtTip = read.Records.Count == 0;
        HasShardEnded = read.ShardEnded;
    }
}
