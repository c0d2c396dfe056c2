namespace Tarn.Streams.Resharding;

/// <summary>What an open shard took on average.</summary>
internal sealed record ShardLoad(
    uint Number, UInt128 HashFrom, UInt128 HashTo, double BytesPerSecond, double RecordsPerSecond);
