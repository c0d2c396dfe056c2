using Tarn.ContinuousQueries.Definitions;
using Tarn.Streams.Shards;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>
/// The newest event of each shard, and what follows for the watermark: the least of them less the declared delay. A
/// shard that stays quiet for the idle timeout does not hold it back, and when all are quiet the newest of their events
/// counts; a closed one counts neither; a child begins where its parents ended. An event further ahead of the clock
/// than the allowed skew moves it no further than that. Owned by one view's loop.
/// </summary>
internal sealed class SourceWatermark(SourceSpec source, TimeProvider time)
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;
    private readonly Dictionary<string, long> _newest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _quietSince = new(StringComparer.Ordinal);

    /// <summary>Microseconds since 1970-01-01 UTC of now.</summary>
    public static long NowMicroseconds(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TicksPerMicrosecond;

    /// <summary>The newest event of a shard, or null.</summary>
    public long? NewestOf(string shardId) => _newest.TryGetValue(shardId, out var newest) ? newest : null;

    public void Resume(IEnumerable<ShardCursor> cursors)
    {
        _newest.Clear();
        _quietSince.Clear();
        foreach (var cursor in cursors.Where(cursor => cursor.NewestEvent is not null))
        {
            _newest[cursor.ShardId] = cursor.NewestEvent!.Value;
        }
    }

    /// <summary>Takes a counted event into account.</summary>
    public void Observe(string shardId, long eventTime)
    {
        var latest = NowMicroseconds(time) + (source.Options.FutureSkewMilliseconds * 1_000);
        eventTime = Math.Min(eventTime, latest);
        if (!_newest.TryGetValue(shardId, out var newest) || eventTime > newest)
        {
            _newest[shardId] = eventTime;
        }

        _quietSince[shardId] = time.GetTimestamp();
    }

    /// <summary>Where the watermark can be, or null while a shard that counts has no event yet.</summary>
    /// <param name="shards">All shards of the stream that are still there.</param>
    public long? Current(IReadOnlyList<ShardDescription> shards, IReadOnlyDictionary<string, ShardCursor> cursors)
    {
        long? least = null;
        long? most = null;
        foreach (var shard in shards)
        {
            if (HasEnded(shard.ShardId, cursors) || !Parents(shard).All(parent => Finished(parent, shards, cursors)))
            {
                continue;
            }

            Inherit(shard);
            if (IsIdle(shard.ShardId))
            {
                most = Math.Max(most ?? long.MinValue, NewestOf(shard.ShardId) ?? long.MinValue);
                continue;
            }

            if (NewestOf(shard.ShardId) is not { } newest)
            {
                return null;
            }

            least = Math.Min(least ?? long.MaxValue, newest);
        }

        var reached = least ?? (most > long.MinValue ? most : null);
        return reached - source.Watermark!.DelayMicroseconds;
    }

    /// <summary>How long until another shard becomes idle; null: none will.</summary>
    public TimeSpan? UntilIdle()
    {
        if (source.Options.IdleTimeoutMilliseconds is not { } timeout)
        {
            return null;
        }

        var rests = _quietSince.Values.Select(since => TimeSpan.FromMilliseconds(timeout) - time.GetElapsedTime(since))
            .Where(rest => rest > TimeSpan.Zero).ToList();
        return rests.Count == 0 ? null : rests.Min() + TimeSpan.FromMilliseconds(1);
    }

    private bool IsIdle(string shardId)
    {
        if (source.Options.IdleTimeoutMilliseconds is not { } timeout)
        {
            return false;
        }

        if (!_quietSince.TryGetValue(shardId, out var since))
        {
            _quietSince[shardId] = time.GetTimestamp();
            return false;
        }

        return time.GetElapsedTime(since) >= TimeSpan.FromMilliseconds(timeout);
    }

    /// <summary>A child without events stands where its parents ended.</summary>
    private void Inherit(ShardDescription shard)
    {
        var parents = Parents(shard).Select(NewestOf).ToList();
        if (!_newest.ContainsKey(shard.ShardId) && parents.Count > 0 && parents.All(newest => newest is not null))
        {
            _newest[shard.ShardId] = parents.Min()!.Value;
        }
    }

    private static bool HasEnded(string shardId, IReadOnlyDictionary<string, ShardCursor> cursors) =>
        cursors.TryGetValue(shardId, out var cursor) && cursor.Ended;

    private static bool Finished(
        string shardId, IReadOnlyList<ShardDescription> shards, IReadOnlyDictionary<string, ShardCursor> cursors) =>
        HasEnded(shardId, cursors) || shards.All(shard => shard.ShardId != shardId);

    private static IEnumerable<string> Parents(ShardDescription shard) =>
        new[] { shard.ParentShardId, shard.AdjacentParentShardId }.OfType<string>();
}
