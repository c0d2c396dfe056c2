using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Lookups;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>
/// One view's loop: the owner of its state and of its place in its streams.
/// <code>
/// 1 load the snapshot, or begin at the definition's start
/// 2 read a micro-batch from the shards of each source (nothing there: let time pass, snapshot if due, then wait)
/// 3 let DuckDB turn it into rows of each leaf         (records that cannot be read or computed are set aside)
/// 4 under the lock: merge the rows, move cursors and watermark, close windows, remove what is old, raise the version
/// 5 signal readers; snapshot if due; on with 2
/// </code>
/// State, cursors and watermark change together in step 4 and are frozen together for a snapshot, so a restart replays
/// exactly what the snapshot has not counted. When a step fails for good the loop ends with <see cref="Error"/> and the
/// view refuses to be read; what the disk holds is the last good snapshot. Readers (any thread) freeze the state
/// under the same lock.
/// </summary>
internal sealed partial class ViewRunner : IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ViewSpec _spec;
    private readonly Func<CancellationToken, Task<ViewPlan>> _makePlan;
    private readonly IStreams _streams;
    private readonly IRecordHistory _history;
    private readonly IDuckDb _duckDb;
    private readonly LakeReader _lake;
    private readonly ContinuousQueriesOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IViewSnapshots _snapshots;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pulse _pulse = new();
    private readonly Pulse _hurry = new();
    private readonly ViewCounters _counters;
    private readonly RecordRate _rate;
    private readonly BatchTimes _batchTimes;
    private Task _loop = Task.CompletedTask;
    private ViewInputs? _inputs;
    private ViewState? _state;
    private RowTrimmer? _trimmer;
    private JoinEvaluator? _joins;
    private int _hurrying;
    private volatile bool _isStopping;
    private bool _isTorn;
    private ViewPosition? _loadedAt;

    public ViewRunner(
        ViewSpec spec, string incarnation, Func<CancellationToken, Task<ViewPlan>> makePlan, IStreams streams,
        IRecordHistory history, IDuckDb duckDb, LakeReader lake, IViewSnapshots snapshots,
        ContinuousQueriesOptions options, TimeProvider time, ILogger logger)
    {
        _spec = spec;
        Incarnation = incarnation;
        _makePlan = makePlan;
        _streams = streams;
        _history = history;
        _duckDb = duckDb;
        _lake = lake;
        _options = spec.Options.ApplyTo(options);
        _time = time;
        _logger = logger;
        _counters = new ViewCounters(options.BadRecordsMax, options.LateRecordsMax);
        _rate = new RecordRate(time);
        _batchTimes = new BatchTimes(time);
        Gate = new PauseGate(spec.IsPaused);
        _snapshots = snapshots;
        Feed = new ViewFeed(duckDb, time);
    }

    /// <summary>The definition, paused or not as the view is now.</summary>
    public ViewSpec Spec => Gate.IsClosed == _spec.IsPaused ? _spec : _spec with { IsPaused = Gate.IsClosed };

    public ViewFeed Feed { get; }

    /// <summary>What the versions of this loop belong to: after a replay they stand for other rows.</summary>
    public string Incarnation { get; }

    /// <summary>Closed while the view is paused; the batch under way is finished first.</summary>
    public PauseGate Gate { get; }

    /// <summary>Why the loop ended for good, or null.</summary>
    public TarnException? Error { get; private set; }

    /// <summary>Why the loop waits and tries again, or null.</summary>
    public string? Waiting { get; private set; }

    /// <summary>Completes when the loop has ended: stopped, dropped or failed.</summary>
    public Task Ended => _loop;

    /// <summary>Nobody reads it any longer.</summary>
    public bool IsStopping => _isStopping;

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Ends the loop; a changed state is written to a last snapshot first. Only once.</summary>
    public async Task StopAsync()
    {
        _isStopping = true;
        await HaltAsync().ConfigureAwait(false);
        Feed.Dispose();
        _ready.TrySetException(Refusal());
        _ = _ready.Task.Exception;
        _pulse.Signal();
    }

    /// <summary>Ends the loop as <see cref="StopAsync"/> does, and leaves the view readable as it stands.</summary>
    public async Task HaltAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    /// <summary>Stops the loop if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsStopping)
        {
            await StopAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    /// <summary>Removes what the disk holds of the view. After <see cref="StopAsync"/>.</summary>
    public void DeleteFiles() => _snapshots.Delete();

    private async Task RunAsync()
    {
        try
        {
            var plan = await _makePlan(_stop.Token).ConfigureAwait(false);
            await LoadAsync(plan).ConfigureAwait(false);
            _trimmer = new RowTrimmer(plan, _duckDb, _options.TrimRowsMin);
            _joins = new JoinEvaluator(plan, _duckDb, new LookupTables(
                [.. plan.Leaves.Where(leaf => leaf.Join is not null).SelectMany(leaf => leaf.Lookups)], _lake,
                _options.LookupRefresh, _options.LookupRowsMax, _time));
            _ready.TrySetResult();
            using var inputs = _inputs!;
            using var joins = _joins!;
            await FillAsync(inputs).ConfigureAwait(false);
            while (true)
            {
                await PassGateAsync().ConfigureAwait(false);
                await StepAsync(inputs).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            if (_state is not null && !_isTorn)
            {
                await _snapshots.FinishAsync(IsDirty, FreezeForSnapshot).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // whatever ends the loop is the view's error, shown to every reader
        catch (Exception cause)
#pragma warning restore CA1031
        {
            Fail(cause);
        }
    }

    private async Task StepAsync(ViewInputs inputs)
    {
        try
        {
            await _snapshots.WaitForRoomAsync(_counters.Consumed, _stop.Token).ConfigureAwait(false);
            if (!inputs.TryFollow(out var switched))
            {
                _pulse.Signal();
                await inputs.PauseAsync(_stop.Token).ConfigureAwait(false);
                return;
            }

            var batches = inputs.Begin();
            await ReadAsync(inputs, batches).ConfigureAwait(false);
            if (batches.All(batch => batch.Records.Count == 0))
            {
                Waiting = null;
                await RestAsync(inputs, batches, switched).ConfigureAwait(false);
                return;
            }

            await FillAsync(inputs, batches).ConfigureAwait(false);
            var evaluated = await inputs.EvaluateAsync(batches, _stop.Token).ConfigureAwait(false);
            Commit(inputs, evaluated, await _joins!.EvaluateAsync(evaluated, _state!, _gate, _stop.Token)
                .ConfigureAwait(false));
            await _trimmer!.TrimAsync(_state!, _gate, _stop.Token).ConfigureAwait(false);
            Waiting = null;
            _snapshots.WriteIfDue(IsDirty, FreezeForSnapshot);
        }
        catch (TarnException cause) when (cause.Kind is ErrorKind.Unavailable or ErrorKind.NotFound)
        {
            Waiting = cause.Describe();
            _pulse.Signal();
            Retrying(_spec.Name, cause.Message);
            await Task.Delay(RetryPause, _time, _stop.Token).ConfigureAwait(false);
        }
    }

    /// <summary>A paused view writes what it has counted, so that a crash does not take it back.</summary>
    private async Task PassGateAsync()
    {
        if (Gate.IsClosed)
        {
            await _snapshots.FinishAsync(IsDirty, FreezeForSnapshot).ConfigureAwait(false);
            _pulse.Signal();
            await Gate.PassAsync(_stop.Token).ConfigureAwait(false);
        }
    }

    private Task ReadAsync(ViewInputs inputs, IReadOnlyList<MicroBatch> batches) =>
        inputs.ReadAsync(batches, _options.BatchRecordsMax, _options.BatchBytesMax, _stop.Token);

    /// <summary>Nothing to count: moves the cursors over what holds no record, lets time pass, then waits.</summary>
    private async Task RestAsync(ViewInputs inputs, IReadOnlyList<MicroBatch> empty, bool switched)
    {
        lock (_gate)
        {
            inputs.Advance(empty);
            _counters.AtTip();
            inputs.MoveWatermark();
            _counters.Committed([], Pass(inputs));
        }

        _pulse.Signal();
        if (switched)
        {
            _snapshots.WriteSoon();
        }

        _snapshots.WriteIfDue(() => switched || IsDirty(), FreezeForSnapshot);
        TimeSpan?[] reasons = [IsDirty() ? _snapshots.UntilDue : null, inputs.UntilIdle(), SweepPause];
        await inputs.WaitAsync(reasons.Min(), _stop.Token).ConfigureAwait(false);
    }

    /// <summary>How long a quiet view waits before it looks for groups that are too old; null: none are.</summary>
    private TimeSpan? SweepPause => _spec.Options.TtlMilliseconds is { } ttl
        ? TimeSpan.FromMilliseconds(Math.Clamp(ttl / 10, 100, 60_000)) : null;

    /// <summary>A batch that is not full waits for more until the interval since the last one is over, unless somebody
    /// catches up.</summary>
    private async Task FillAsync(ViewInputs inputs, IReadOnlyList<MicroBatch> batches)
    {
        lock (_gate)
        {
            _counters.Begin(batches);
        }

        var rest = _options.BatchInterval - _counters.SinceLastBatch(_time);
        if (rest > TimeSpan.Zero && batches.Sum(batch => batch.Records.Count) < _options.BatchRecordsMax
            && Volatile.Read(ref _hurrying) == 0)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(Task.Delay(rest, _time, stop.Token), _hurry.WaitAsync()).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            _stop.Token.ThrowIfCancellationRequested();
            await ReadAsync(inputs, batches).ConfigureAwait(false);
        }

        _counters.BatchBegins(_time);
    }

    private void Commit(
        ViewInputs inputs, IReadOnlyList<EvaluatedBatch> batches, IReadOnlyList<JoinedRows> joined)
    {
        lock (_gate)
        {
            // Until the end of this, cursors and state do not belong together.
            _isTorn = true;

            // Time first: what is merged has changed now, and not when the batch before it came.
            inputs.Advance([.. batches.Select(batch => batch.Batch)]);
            ViewInputs.Observe(batches);
            inputs.MoveWatermark();
            var isChanged = Merge(batches, joined, inputs.Now);
            isChanged |= Pass(inputs);
            _counters.Committed(batches.Select(batch => batch.Batch), isChanged);
            _batchTimes.Saw(batches.Sum(batch => batch.Batch.Records.Count), _counters.SinceLastBatch(_time));
            CheckSize();
            _isTorn = false;
        }

        _pulse.Signal();
    }

    /// <summary>True when what is shown has changed.</summary>
    /// <param name="now">Microseconds by which the time to live runs.</param>
    private bool Merge(IReadOnlyList<EvaluatedBatch> batches, IReadOnlyList<JoinedRows> joined, long now)
    {
        var isChanged = false;
        foreach (var batch in batches)
        {
            for (var i = 0; i < batch.Rows.Count; i++)
            {
                isChanged |= _state!.Merge(batch.Input.Leaves[i], batch.Rows[i], _counters.Version + 1, now);
            }

            _counters.Counted(batch);
        }

        foreach (var (leaf, rows) in joined)
        {
            isChanged |= _state!.Merge(leaf, [rows], _counters.Version + 1, now);
        }

        _rate.Saw(_counters.Consumed);
        return isChanged;
    }

    /// <summary>Does to the state what time brings. True when what is shown has changed.</summary>
    private bool Pass(ViewInputs inputs) =>
        _state!.Pass(inputs.Watermark, inputs.Now, _counters.Version + 1);

    private void CheckSize()
    {
        var count = _state!.Count + _state.ValueCount;
        if (count > _options.StateRowsMax)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                $"the view holds {count} groups, rows or values, and {_options.StateRowsMax} are allowed",
                hint: "give it a ttl, or a higher state_rows_max");
        }
    }

    private bool IsDirty() => _snapshots.IsBehind(_counters.Consumed, _inputs!.EndedCount, _counters.Version);

    private void Fail(Exception cause)
    {
        Error = cause as TarnException
            ?? new TarnException(ErrorKind.Unavailable, $"an unexpected failure: {cause.Message}", cause: cause);
        Stopped(_spec.Name, Error.Describe(), cause);
        _ready.TrySetException(Refusal());
        _ = _ready.Task.Exception;
        _pulse.Signal();
    }

    [LoggerMessage(6101, LogLevel.Error, "materialized view '{View}' stops: {Reason}")]
    private partial void Stopped(string view, string reason, Exception cause);

    [LoggerMessage(6102, LogLevel.Warning, "materialized view '{View}' waits and tries again: {Reason}")]
    private partial void Retrying(string view, string reason);

    [LoggerMessage(6103, LogLevel.Warning,
        "materialized view '{View}' has no whole snapshot and counts again from its start")]
    private partial void Replaying(string view);
}
