using Tarn.Streams.Resharding;

namespace Tarn.Streams;

/// <summary>Settings of the embedded log.</summary>
public sealed record StreamsOptions
{
    /// <summary>Absolute path; one folder per stream id, one per shard below it.</summary>
    public required string Directory { get; init; }

    /// <summary>A segment that has reached this size is closed and a new one begun.</summary>
    public long SegmentBytesMax { get; init; } = 64L << 20;

    /// <summary>A segment this old is closed at the next append, so that retention can remove it.</summary>
    public TimeSpan SegmentAgeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Holds for all streams, beside what each says itself.</summary>
    public StreamRates Rates { get; init; }

    /// <summary>
    /// Threads that write and fsync; as many slow shards stall the others. Fewer gather more appends into each fsync.
    /// </summary>
    public int CommitThreads { get; init; } = 2;

    /// <summary>How often records past retention and shards with too much load are looked for.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>When the shards of streams on demand are split.</summary>
    public OnDemandOptions OnDemand { get; init; } = new();
}
