using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>A stream to be made.</summary>
public sealed record StreamSpec
{
    /// <summary>1 to 128 characters of [a-zA-Z0-9_.-].</summary>
    public required string Name { get; init; }

    /// <summary>Open shards, 1 to 10,000.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>How long records stay readable, 24 to 8,760.</summary>
    public int RetentionHours { get; init; } = 24;

    /// <summary>True for Kinesis' ON_DEMAND mode, which starts with four shards.</summary>
    public bool OnDemand { get; init; }
}
