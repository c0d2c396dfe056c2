namespace Tarn.Streams.Resharding;

/// <summary>When the shards of a stream on demand are split.</summary>
public sealed record OnDemandOptions
{
    /// <summary>What one shard takes, as in Kinesis: data and partition keys.</summary>
    public long ShardBytesPerSecond { get; init; } = 1 << 20;

    /// <summary>What one shard takes, as in Kinesis.</summary>
    public long ShardRecordsPerSecond { get; init; } = 1_000;

    /// <summary>A shard that took more than this part of either, on average over a window, is split in half.</summary>
    public double LoadMax { get; init; } = 0.8;

    /// <summary>A stream is not given more open shards than this.</summary>
    public int ShardsMax { get; init; } = 200;

    /// <summary>What is averaged over.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);
}
