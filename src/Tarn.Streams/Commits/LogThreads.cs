namespace Tarn.Streams.Commits;

/// <summary>The threads that serve all logs.</summary>
internal sealed class LogThreads(StreamsOptions options) : IDisposable
{
    private const int FlusherCount = 2;

    /// <summary>Write and fsync what waits for its answer.</summary>
    public CommitThreads Committers { get; } = new(options.CommitThreads, "tarn committer");

    /// <summary>fsync what was answered before, so that it does not hold the committers.</summary>
    public CommitThreads Flushers { get; } = new(FlusherCount, "tarn flusher");

    /// <summary>Lets the lines run empty; false when that takes longer than twice the limit.</summary>
    public bool Stop(TimeSpan limit) => Committers.Stop(limit) && Flushers.Stop(limit);

    public void Dispose()
    {
        Committers.Dispose();
        Flushers.Dispose();
    }
}
