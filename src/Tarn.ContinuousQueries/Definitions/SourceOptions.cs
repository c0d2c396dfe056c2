namespace Tarn.ContinuousQueries.Definitions;

/// <summary>WITH (...) of a source.</summary>
internal sealed record SourceOptions
{
    /// <summary>A shard without records for so long holds no window open. Null: it always does.</summary>
    public long? IdleTimeoutMilliseconds { get; init; }

    /// <summary>An event further ahead of the clock than this moves the watermark no further than that.</summary>
    public long FutureSkewMilliseconds { get; init; } = 60_000;

    public LatePolicy Late { get; init; }

    /// <summary>Closed windows take records for so long after their close, and show corrected rows.</summary>
    public long AllowedLatenessMilliseconds { get; init; }

    /// <summary>Between the values of a CSV line.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The schema of an Avro source, JSON.</summary>
    public string? AvroSchema { get; init; }
}
