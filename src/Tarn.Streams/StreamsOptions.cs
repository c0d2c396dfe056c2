namespace Tarn.Streams;

/// <summary>Settings of the embedded log.</summary>
public sealed record StreamsOptions
{
    /// <summary>Absolute path; one folder per stream id, one per shard below it.</summary>
    public required string Directory { get; init; }

    /// <summary>A segment that has reached this size is closed and a new one begun.</summary>
    public long SegmentBytesMax { get; init; } = 64L << 20;

    /// <summary>How often records past retention are looked for.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromMinutes(1);
}
