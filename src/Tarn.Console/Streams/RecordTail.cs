using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Streams.Shards;

namespace Tarn.Console.Streams;

/// <summary>
/// Every record of a stream from a position on, each shard's in its order. Shards that a split or merge opens are
/// followed; a child is read once its parents are read to their ends.
/// </summary>
/// <param name="onlyShard">The one shard to read, or null for all.</param>
/// <remarks>Not thread-safe: one owner per connection.</remarks>
internal sealed class RecordTail(IStreams streams, string stream, string? onlyShard)
{
    private static readonly ReadBounds Bounds = new(RecordsMax: 500, BytesMax: 1 << 20);

    private readonly Dictionary<string, SequenceNumber> next = [];
    private readonly HashSet<string> ended = [];

    /// <summary>The one shard was closed and is read to its end.</summary>
    public bool HasEnded => onlyShard is not null && ended.Contains(onlyShard);

    /// <summary>Call once. Nothing that is closed has anything to say to who begins at the latest.</summary>
    public async Task BeginAsync(StartPosition start, CancellationToken cancellation)
    {
        foreach (var shard in Shards())
        {
            if (start is StartPosition.Latest && shard.EndingSequenceNumber is not null)
            {
                ended.Add(shard.ShardId);
            }
            else
            {
                next[shard.ShardId] = await streams.ResolveAsync(stream, shard.ShardId, start, cancellation);
            }
        }
    }

    /// <summary>What there is beyond what was read, by arrival; empty at the tip.</summary>
    public async Task<IReadOnlyList<TailRecord>> ReadAsync(CancellationToken cancellation)
    {
        var records = new List<TailRecord>();
        var shards = Shards();
        foreach (var shard in shards.Where(shard => IsReadable(shard, shards)))
        {
            var batch = await streams.ReadAsync(
                stream, shard.ShardId, From(shard), Bounds, cancellation);
            next[shard.ShardId] = batch.Next;
            records.AddRange(batch.Records.Select(record => new TailRecord(shard.ShardId, record)));
            if (batch.ShardEnded)
            {
                ended.Add(shard.ShardId);
            }
        }

        return [.. records.OrderBy(record => record.Record.ArrivalTime)];
    }

    /// <summary>Completes when there may be something to read.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var shards = Shards();
        var waits = shards.Where(shard => IsReadable(shard, shards))
            .Select(shard => streams.WaitAsync(stream, shard.ShardId, From(shard), done.Token))
            .ToList();
        if (waits.Count > 0)
        {
            await await Task.WhenAny(waits);
        }

        await done.CancelAsync();
        await Task.WhenAll(waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    private SequenceNumber From(ShardDescription shard) =>
        next.GetValueOrDefault(shard.ShardId, shard.StartingSequenceNumber);

    private bool IsReadable(ShardDescription shard, IReadOnlyList<ShardDescription> shards)
    {
        return !ended.Contains(shard.ShardId) && IsDone(shard.ParentShardId) && IsDone(shard.AdjacentParentShardId);

        bool IsDone(string? parent) =>
            parent is null || ended.Contains(parent) || shards.All(known => known.ShardId != parent);
    }

    private IReadOnlyList<ShardDescription> Shards()
    {
        var description = streams.Find(stream) ?? throw new TarnException(
            ErrorKind.NotFound,
            $"stream '{stream}' does not exist",
            hint: Suggestion.Hint(stream, streams.List().Select(other => other.Name)));
        return onlyShard is null
            ? description.Shards
            : [.. description.Shards.Where(shard => shard.ShardId == onlyShard)];
    }
}
