namespace Tarn.Streams.Shards;

/// <summary>
/// Wakes those who wait for a shard's next commit. All share one task, and without waiters a commit costs one exchange.
/// </summary>
internal sealed class TipSignal
{
    private TaskCompletionSource? _waiting;

    /// <summary>Completes at the next pulse. Take it first, then look whether waiting is needed at all.</summary>
    public Task Next()
    {
        if (Volatile.Read(ref _waiting) is { } present)
        {
            return present.Task;
        }

        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _waiting, created, null) ?? created).Task;
    }

    public void Pulse() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
}
