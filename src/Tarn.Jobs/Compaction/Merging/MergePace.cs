namespace Tarn.Jobs.Compaction.Merging;

/// <summary>
/// Keeps background work to a share of one core: what it has worked for, it rests for in proportion. For one worker.
/// </summary>
internal sealed class MergePace(double share, TimeProvider time)
{
    private static readonly TimeSpan WorkMin = TimeSpan.FromMilliseconds(20);

    private long _since = time.GetTimestamp();

    /// <summary>Work begins.</summary>
    public void Start() => _since = time.GetTimestamp();

    /// <summary>Call often; it mostly returns at once.</summary>
    public async ValueTask RestAsync(CancellationToken cancellation)
    {
        var worked = time.GetElapsedTime(_since);
        if (worked < WorkMin)
        {
            return;
        }

        if (share < 1)
        {
            await Task.Delay(worked * (1 / share - 1), time, cancellation).ConfigureAwait(false);
        }

        Start();
    }
}
