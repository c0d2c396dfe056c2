using Tarn.DuckDb;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Executions;

/// <summary>An execution that has not ended, as the server holds it.</summary>
internal sealed class RunningExecution(ExecutionRecord record) : IDisposable
{
    private readonly TaskCompletionSource<QueryExecution> _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private volatile IDuckDbSession? _session;
    private TarnException? _stopReason;

    /// <summary>The latest state; written by the one task that runs it.</summary>
    public ExecutionRecord Record { get; set; } = record;

    /// <summary>What it counts against the day, once it was estimated.</summary>
    public ScanEntry? Scan { get; set; }

    public Task<QueryExecution> Ended => _ended.Task;

    public CancellationToken Cancellation => _cancel.Token;

    /// <summary>Null: a user asked for it; else why the server did.</summary>
    public TarnException? StopReason => Volatile.Read(ref _stopReason);

    public double? Progress => _session?.Progress;

    public void Started(IDuckDbSession session) => _session = session;

    /// <summary>The first reason stays.</summary>
    public void Stop(TarnException? reason)
    {
        if (!_cancel.IsCancellationRequested)
        {
            Interlocked.CompareExchange(ref _stopReason, reason, null);
        }

        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile, which is what was asked for.
        }
    }

    public void End(QueryExecution execution)
    {
        _session = null;
        _ended.TrySetResult(execution);
    }

    public void Dispose() => _cancel.Dispose();
}
