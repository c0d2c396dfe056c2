namespace Tarn.ContinuousQueries.Runtime;

/// <summary>Holds a view's loop between two batches while the view is paused. Thread-safe.</summary>
internal sealed class PauseGate(bool isClosed)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _opened = isClosed ? New() : null;

    public bool IsClosed => Volatile.Read(ref _opened) is not null;

    public void Close()
    {
        lock (_gate)
        {
            _opened ??= New();
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
