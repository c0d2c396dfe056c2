namespace Tarn.Streams.Resharding;

/// <summary>Decides which shards of a stream on demand are split. Pure.</summary>
internal static class LoadSplits
{
    /// <summary>
    /// The shards that passed their share, the fullest first, as many as the stream may be given more; each with the
    /// hash key in its middle.
    /// </summary>
    public static IReadOnlyList<(uint Number, UInt128 Middle)> Decide(
        IReadOnlyList<ShardLoad> open, OnDemandOptions options) =>
        [.. open
            .Where(shard => Part(shard, options) > options.LoadMax && shard.HashTo - shard.HashFrom >= 3)
            .OrderByDescending(shard => Part(shard, options)).ThenBy(shard => shard.Number)
            .Take(Math.Max(0, options.ShardsMax - open.Count))
            .Select(shard => (shard.Number, shard.HashFrom + ((shard.HashTo - shard.HashFrom) / 2) + 1))];

    private static double Part(ShardLoad shard, OnDemandOptions options) => Math.Max(
        shard.BytesPerSecond / options.ShardBytesPerSecond, shard.RecordsPerSecond / options.ShardRecordsPerSecond);
}
