using Tarn.Console.Streams;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Console.Tiles;

/// <summary>
/// The newest records of a stream over all its shards. A reader that is slower than the stream skips what it would
/// not show: sequence numbers grow by at least one per record, so the newest N lie in the last N numbers.
/// </summary>
/// <remarks>Not thread-safe: one owner per tile and connection.</remarks>
internal sealed class StreamTail(IStreams streams, string stream, int recordsMax)
{
    private const int BytesMax = 4 << 20;

    // Numbers may have gaps, as after a restart: when the last N hold no record, this many times more are looked at.
    private const int WideningMax = 4096;
    private readonly Dictionary<string, SequenceNumber> next = [];
    private readonly Dictionary<string, List<StreamRecord>> newest = [];

    /// <summary>Reads what is new; false when nothing was.</summary>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var isNew = false;
        foreach (var shard in Description().Shards)
        {
            isNew |= await ReadShardAsync(shard.ShardId, cancellation);
        }

        return isNew;
    }

    /// <summary>Completes when there may be something new.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var open = Description().Shards.Where(shard => shard.EndingSequenceNumber is null);
        var waits = open.Select(shard => streams.WaitAsync(stream, shard.ShardId, From(shard.ShardId), done.Token));
        await await Task.WhenAny(waits);
        await done.CancelAsync();
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StreamRecord> Newest() => [.. NewestWithShards().Select(row => row.Record)];

    /// <summary>Newest first, each with the shard where it lies.</summary>
    public IReadOnlyList<TailRecord> NewestWithShards() =>
    [
        .. newest.SelectMany(shard => shard.Value.Select(record => new TailRecord(shard.Key, record)))
            .OrderByDescending(row => row.Record.ArrivalTime)
            .ThenByDescending(row => row.Record.SequenceNumber)
            .Take(recordsMax),
    ];

    private async Task<bool> ReadShardAsync(string shardId, CancellationToken cancellation)
    {
        var tip = await streams.ResolveAsync(stream, shardId, new StartPosition.Latest(), cancellation);
        if (next.TryGetValue(shardId, out var from))
        {
            from = Later(from, Back(tip, recordsMax));
            return await ReadFromAsync(shardId, from, tip, cancellation);
        }

        for (var widening = 1; widening <= WideningMax; widening *= 16)
        {
            if (await ReadFromAsync(shardId, Back(tip, (ulong)recordsMax * (ulong)widening), tip, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> ReadFromAsync(
        string shardId, SequenceNumber from, SequenceNumber tip, CancellationToken cancellation)
    {
        var records = newest.GetValueOrDefault(shardId) ?? [];
        newest[shardId] = records;
        next[shardId] = from;
        var isNew = false;
        while (next[shardId] < tip)
        {
            var bounds = new ReadBounds(recordsMax, BytesMax);
            var batch = await streams.ReadAsync(stream, shardId, next[shardId], bounds, cancellation);
            isNew |= batch.Records.Count > 0;
            records.AddRange(batch.Records);
            records.RemoveRange(0, Math.Max(0, records.Count - recordsMax));
            next[shardId] = batch.Next;
            if (batch.Records.Count == 0)
            {
                break;
            }
        }

        return isNew;
    }

    private SequenceNumber From(string shardId) => next.GetValueOrDefault(shardId);

    private StreamDescription Description() =>
        streams.Find(stream) ?? throw new TarnException(
            ErrorKind.NotFound,
            $"stream '{stream}' does not exist",
            hint: Suggestion.Hint(stream, streams.List().Select(other => other.Name)));

    private static SequenceNumber Back(SequenceNumber tip, ulong count) =>
        tip.Value > count ? new SequenceNumber(tip.Value - count) : SequenceNumber.Zero;

    private static SequenceNumber Back(SequenceNumber tip, int count) => Back(tip, (ulong)count);

    private static SequenceNumber Later(SequenceNumber a, SequenceNumber b) => a > b ? a : b;
}
