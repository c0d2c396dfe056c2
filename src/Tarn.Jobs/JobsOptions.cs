using Tarn.Jobs.Compaction;

namespace Tarn.Jobs;

/// <summary>Settings of all jobs together.</summary>
public sealed record JobsOptions
{
    /// <summary>Ended runs kept per job, newest first; older ones are forgotten. At least 1.</summary>
    public int RunsKept { get; init; } = 200;

    public CompactionOptions Compaction { get; init; } = new();
}
