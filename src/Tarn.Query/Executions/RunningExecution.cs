using System.Globalization;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Executions;

/// <summary>An execution that has not ended, as the server holds it.</summary>
internal sealed class RunningExecution : IDisposable
{
    /// <summary>Code of what is stopped past a limit of bytes.</summary>
    public const string OverCode = "BYTES_SCANNED_LIMIT_EXCEEDED";

    private readonly TaskCompletionSource<QueryExecution> _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private volatile IDuckDbSession? _session;
    private TarnException? _stopReason;
    private string _limit = "Bytes scanned limit";

    public RunningExecution(ExecutionRecord record)
    {
        Record = record;
        Meter = new ScanMeter(StopOver);
    }

    /// <summary>The latest state; written by the one task that runs it.</summary>
    public ExecutionRecord Record { get; set; }

    /// <summary>What it has read.</summary>
    public ScanMeter Meter { get; }

    /// <summary>What it counts against the day, once it was estimated.</summary>
    public ScanEntry? Scan { get; set; }

    /// <summary>What others may know: an end is none before it is stored, or a kill would take it back.</summary>
    public QueryExecution Shown => Record.Execution is { CompletedAt: not null } ended && !Ended.IsCompleted
        ? ended with { State = QueryState.Running, CompletedAt = null, ErrorCode = null, StateChangeReason = null }
        : Record.Execution;

    /// <summary>Completes when its end is stored.</summary>
    public Task<QueryExecution> Ended => _ended.Task;

    public CancellationToken Cancellation => _cancel.Token;

    /// <summary>Null: a user asked for it; else why the server did.</summary>
    public TarnException? StopReason => Volatile.Read(ref _stopReason);

    public double? Progress => _session?.Progress;

    /// <summary>Lets it read so much; it is stopped when it reads more. The least of several holds.</summary>
    /// <param name="limit">As the message names it.</param>
    public void LimitBytes(long bytesMax, string limit)
    {
        if (bytesMax < Meter.BytesMax)
        {
            Volatile.Write(ref _limit, limit);
            Meter.BytesMax = bytesMax;
        }
    }

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

    private void StopOver(long bytes) => Stop(new TarnException(
        ErrorKind.LimitExceeded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Volatile.Read(ref _limit)} was exceeded: read {bytes:N0} bytes, limit {Meter.BytesMax:N0} bytes"))
    {
        Code = OverCode,
    });
}
