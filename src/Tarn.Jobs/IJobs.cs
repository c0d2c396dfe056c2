using Tarn.Jobs.Runs;

namespace Tarn.Jobs;

/// <summary>
/// SQL files that turn a table's new objects into Parquet of another table. With a bookmark each input object is
/// used exactly once: a run's inputs are fixed durably before it starts and its outputs are named after the run, so
/// a run that was cut off is done again with the same inputs to the same names. One run per job at a time.
/// Thread-safe.
/// </summary>
public interface IJobs
{
    /// <summary>
    /// Creates or replaces; the bookmark stays. Throws Invalid with line and hint for bad front matter.
    /// </summary>
    Task<JobStatus> PutAsync(JobSpec spec, CancellationToken cancellation);

    Task<JobStatus?> FindAsync(string name, CancellationToken cancellation);

    Task<IReadOnlyList<JobStatus>> ListAsync(CancellationToken cancellation);

    Task DeleteAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Runs it now (after a run under way has ended) and completes with the ended run, failed or not.
    /// </summary>
    Task<JobRun> RunAsync(string name, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<JobRun>> ListRunsAsync(string name, int countMax, CancellationToken cancellation);
}
