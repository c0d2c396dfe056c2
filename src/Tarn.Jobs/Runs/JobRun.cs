namespace Tarn.Jobs.Runs;

/// <summary>One run of a job.</summary>
public sealed record JobRun
{
    /// <summary>Counts from 1 per job.</summary>
    public required long Number { get; init; }

    public required string Job { get; init; }

    public JobRunState State { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int InputObjects { get; init; }

    public long InputBytes { get; init; }

    public int OutputObjects { get; init; }

    public long OutputRows { get; init; }

    public long OutputBytes { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; init; }
}
