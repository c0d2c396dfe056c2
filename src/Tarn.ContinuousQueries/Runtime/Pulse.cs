namespace Tarn.ContinuousQueries.Runtime;

/// <summary>Wakes everybody who waits for the next change. Take the task first, then look, then wait: no change is
/// missed.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = New();

    public Task WaitAsync() => Volatile.Read(ref _next).Task;

    public void Signal() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
