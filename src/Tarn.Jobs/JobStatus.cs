using Tarn.Jobs.Runs;

namespace Tarn.Jobs;

/// <summary>A job as it stands.</summary>
public sealed record JobStatus(JobSpec Spec, JobRun? LastRun, DateTimeOffset? NextRunAt);
