using Tarn.Primitives.Identity;

namespace Tarn.Streams.Consumers;

/// <summary>
/// How far one registered consumer was given one shard's records, for as long as somebody pushes to it. Written by that
/// one, read by any thread; dispose at the end.
/// </summary>
public sealed class PushProgress : IDisposable
{
    private const long Nothing = long.MaxValue;

    private readonly Action<PushProgress> _ended;
    private ulong _next;
    private long _oldestArrivalMs = Nothing;

    internal PushProgress(StreamConsumer consumer, string shardId, SequenceNumber from, Action<PushProgress> ended)
    {
        (Consumer, ShardId, _next, _ended) = (consumer, shardId, from.Value, ended);
    }

    internal StreamConsumer Consumer { get; }

    internal string ShardId { get; }

    internal SequenceNumber Next => new(Volatile.Read(ref _next));

    /// <summary>Records are on their way, the oldest of them this old.</summary>
    /// <param name="oldestArrival">UTC.</param>
    public void Sending(DateTimeOffset oldestArrival) =>
        Volatile.Write(ref _oldestArrivalMs, oldestArrival.ToUnixTimeMilliseconds());

    /// <summary>They have gone; it goes on with that number.</summary>
    public void Sent(SequenceNumber next)
    {
        Volatile.Write(ref _next, next.Value);
        Volatile.Write(ref _oldestArrivalMs, Nothing);
    }

    public void Dispose() => _ended(this);

    /// <summary>Age of the oldest record that is on its way; 0 when there is none.</summary>
    internal long LagMilliseconds(DateTimeOffset now)
    {
        var oldest = Volatile.Read(ref _oldestArrivalMs);
        return oldest == Nothing ? 0 : Math.Max(0, now.ToUnixTimeMilliseconds() - oldest);
    }
}
