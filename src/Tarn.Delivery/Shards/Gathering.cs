using Tarn.Delivery.Batches;
using Tarn.Delivery.Lanes;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Shards;

/// <summary>
/// The next batch of a shard while it is read from the log and staged. Used by one loop; disposing drops what was
/// staged.
/// </summary>
internal sealed class Gathering(
    DeliveryLane lane,
    string shardId,
    SequenceNumber from,
    TimeZoneInfo zone,
    BatchMaker maker,
    IStreams streams,
    DeliveryOptions options,
    TimeProvider time) : IAsyncDisposable
{
    private Task<ReadBatch>? _ahead;

    public BatchRange Range { get; private set; }

    /// <summary>Null until the first record.</summary>
    public IStagedBatch? Staged { get; private set; }

    public BatchScene? Scene { get; private set; }

    /// <summary>Where the next read begins.</summary>
    public SequenceNumber Position { get; private set; } = from;

    /// <summary>A record was met that does not fit into the batch any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The last read found nothing.</summary>
    public bool IsAtTip { get; private set; }

    /// <summary>The shard is closed and read to its end.</summary>
    public bool HasShardEnded { get; private set; }

    /// <summary>One bounded read, staged; does nothing when the batch is closed.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        if (IsClosed)
        {
            return;
        }

        var read = await NextAsync(cancellation).ConfigureAwait(false);
        var fitting = Fit(read.Records);
        if (fitting > 0)
        {
            Staged ??= await BeginAsync(cancellation).ConfigureAwait(false);
            var taken = fitting == read.Records.Count ? read.Records : [.. read.Records.Take(fitting)];
            await Staged.AddAsync(taken, cancellation).ConfigureAwait(false);
        }

        Position = IsClosed ? Range.Last.Next : read.Next;
        IsAtTip = read.Records.Count == 0;
        HasShardEnded = !IsClosed && read.ShardEnded;
        read.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await (_ahead ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Staged is not null)
        {
            await Staged.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The next stretch of the log; what is behind it is read while this one is staged.</summary>
    private async Task<ReadBatch> NextAsync(CancellationToken cancellation)
    {
        var read = _ahead is null ? null : await _ahead.ConfigureAwait(false);
        _ahead = null;
        if (read is null || read.Records.Count == 0)
        {
            // What was read ahead may miss records that a flush has asked for since.
            read = await ReadFromAsync(Position, cancellation).ConfigureAwait(false);
        }

        if (read.MillisBehindLatest > 0)
        {
            _ahead = Task.Run(() => ReadFromAsync(read.Next, cancellation), cancellation);
        }

        return read;
    }

    private Task<ReadBatch> ReadFromAsync(SequenceNumber position, CancellationToken cancellation) =>
        streams.ReadAsync(lane.Stream, shardId, position, options.ReadBounds, cancellation).AsTask();

    /// <summary>How many of the records the batch takes.</summary>
    private int Fit(IReadOnlyList<StreamRecord> records)
    {
        var bytesMax = lane.BufferBytesMax;
        for (var count = 0; count < records.Count; count++)
        {
            if (!Range.TryAdd(records[count], bytesMax, zone, out var next))
            {
                IsClosed = true;
                return count;
            }

            Range = next;
        }

        return records.Count;
    }

    private async Task<IStagedBatch> BeginAsync(CancellationToken cancellation)
    {
        Scene = new BatchScene(lane, shardId, time.GetUtcNow(), Range.OldestArrival, Range.First.Value, GivenUp: []);
        return await maker.BeginAsync(Scene, cancellation).ConfigureAwait(false);
    }
}
