namespace Tarn.Jobs.Inputs;

/// <summary>
/// Keeps runs of jobs and the compaction of what they read apart: compaction begins only while no run is under way, and
/// a run waits until a pass of compaction is over. Thread-safe; runs do not wait for each other.
/// </summary>
internal sealed class InputGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _runs;

    /// <summary>A run is under way until the result is disposed.</summary>
    public async Task<IDisposable> EnterRunAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        Interlocked.Increment(ref _runs);
        _turn.Release();
        return new Left(() => Interlocked.Decrement(ref _runs));
    }

    /// <summary>No run begins until the result is disposed; null: one is under way.</summary>
    public async Task<IDisposable?> TryEnterCompactionAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        if (Volatile.Read(ref _runs) == 0)
        {
            return new Left(() => _turn.Release());
        }

        _turn.Release();
        return null;
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Left(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
