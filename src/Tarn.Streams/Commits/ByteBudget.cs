namespace Tarn.Streams.Commits;

/// <summary>
/// Bounds the bytes that wait for one shard's disk: who comes when it is used up waits in line. Something larger than
/// the whole budget passes alone. Thread-safe.
/// </summary>
internal sealed class ByteBudget(long bytesMax)
{
    private readonly long _total = bytesMax;
    private readonly Lock _gate = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Turn)> _line = new();
    private long _free = bytesMax;

    /// <summary>Bytes that are taken at the moment.</summary>
    public long Taken => _total - Volatile.Read(ref _free);

    /// <summary>What an append of that length takes of the budget, and returns.</summary>
    public long Share(long bytes) => Math.Min(bytes, _total);

    public ValueTask TakeAsync(long bytes, CancellationToken cancellation)
    {
        bytes = Share(bytes);
        lock (_gate)
        {
            if (_line.Count == 0 && bytes <= _free)
            {
                _free -= bytes;
                return ValueTask.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _line.Enqueue((bytes, turn));
            return new ValueTask(WaitAsync(turn, cancellation));
        }
    }

    public void Return(long bytes)
    {
        lock (_gate)
        {
            _free += bytes;
            while (_line.TryPeek(out var first) && (first.Turn.Task.IsCompleted || first.Bytes <= _free))
            {
                _line.Dequeue();
                if (first.Turn.TrySetResult())
                {
                    _free -= first.Bytes;
                }
            }
        }
    }

    private static async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellation)
    {
        using (cancellation.Register(() => turn.TrySetCanceled(cancellation)))
        {
            await turn.Task;
        }
    }
}
