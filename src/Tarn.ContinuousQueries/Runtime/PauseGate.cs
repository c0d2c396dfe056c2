namespace Tarn.ContinuousQueries.Runtime;

/// <summary>Holds a view's loop between two batches while the view is paused. Thread-safe.</summary>
internal sealed class PauseGate(bool isClosed)
{
    private readonly Lock _gate = new();
    private int _closings;
    private TaskCompletionSource? _opened = isClosed ? New() : null;

    /// <summary>How often it was closed: another number means that it was meanwhile, if only for a moment.</summary>
    public int Closings => Volatile.Read(ref _closings);

    public bool IsClosed => Volatile.Read(ref _opened) is not null;

    public void Close()
    {
        lock (_gate)
        {
            _opened ??= New();
            _closings++;
        }
    }

    public void Open()
    {
        lock (_gate)
        {
            _opened?.TrySetResult();
            _opened = null;
        }
    }

    /// <summary>Completes at once while the gate is open, else when it is opened.</summary>
    public Task PassAsync(CancellationToken cancellation) =>
        Volatile.Read(ref _opened) is { } opened ? opened.Task.WaitAsync(cancellation) : Task.CompletedTask;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
