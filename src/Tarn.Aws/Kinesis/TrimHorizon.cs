using Tarn.Streams;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// From when on a stream's records are kept. A shard that closed before is expired: its last record has gone, and it
/// is not listed any more.
/// </summary>
internal readonly record struct TrimHorizon(DateTimeOffset Time)
{
    public static TrimHorizon Of(StreamDescription stream, DateTimeOffset now) =>
        new(now - TimeSpan.FromHours(stream.Spec.RetentionHours));

    public bool Keeps(ShardDescription shard) => shard.ClosedAt is not { } closed || closed >= Time;

    /// <summary>The shards that are not expired, by id.</summary>
    public static List<ShardDescription> Kept(StreamDescription stream, DateTimeOffset now)
    {
        var horizon = Of(stream, now);
        return [.. stream.Shards.Where(horizon.Keeps)];
    }
}
