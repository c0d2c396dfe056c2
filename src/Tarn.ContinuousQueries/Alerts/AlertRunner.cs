using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// One alert's loop: the owner of its rows.
/// <code>
/// 1 load the rows that are pending or firing, and the notifications that wait; begin to send those
/// 2 wait for the view: there, not failed, not paused, and caught up once (a restart replays, and what is replayed
///   is not news)
/// 3 read what changed in it, let DuckDB say for which rows the condition holds
/// 4 decide what begins, fires, ends; store that with its notifications in one commit; only then let them be sent
/// 5 wait for the view's next change or the moment at which time changes something; on with 3, or with 2 when the
///   view is another, paused or failed
/// </code>
/// While the view is behind, nothing that fires is resolved. When step 3 or 4 fails, nothing has changed and it is
/// tried again over the whole view.
/// </summary>
internal sealed partial class AlertRunner(
    AlertSpec alert, Func<string, ViewRunner?> findView, AlertCondition condition,
    Func<string, IReadOnlyList<ViewColumn>, AlertEvaluator> makeEvaluator, AlertStore store, AlertOutbox outbox,
    ContinuousQueriesOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DelayMost = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyDictionary<string, AlertRow> _rows = new Dictionary<string, AlertRow>();
    private Task _loop = Task.CompletedTask;
    private long _lastAt;

    public AlertSpec Spec => alert;

    /// <summary>Why the rows are not what they would be, or why notifications wait; null: all is well.</summary>
    public string? Error => WhyNot(out _) ?? Trouble ?? outbox.Trouble;

    /// <summary>True: the loop has failed.</summary>
    public bool HasFailed { get; private set; }

    private string? Trouble { get; set; } = $"waits until materialized view '{alert.View}' has caught up";

    /// <summary>Rows that are pending or firing. Any thread.</summary>
    public IReadOnlyDictionary<string, AlertRow> Rows => Volatile.Read(ref _rows);

    public AlertOutbox Outbox => outbox;

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Ends the loop and the sending. Only once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var sending = Task.CompletedTask;
        try
        {
            Volatile.Write(ref _rows, await RetryAsync(LoadAsync).ConfigureAwait(false));
            sending = outbox.RunAsync(_stop.Token);
            await FollowForEverAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
#pragma warning disable CA1031 // whatever ends the loop is the alert's error, shown by SHOW ALERTS
        catch (Exception cause)
#pragma warning restore CA1031
        {
            HasFailed = true;
            Trouble = $"an unexpected failure: {cause.Message}";
            Failed(alert.Name, cause);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyDictionary<string, AlertRow>> LoadAsync()
    {
        var rows = await store.ListRowsAsync(alert.Id, _stop.Token).ConfigureAwait(false);
        await outbox.LoadAsync(_stop.Token).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
    }

    private async Task FollowForEverAsync()
    {
        while (true)
        {
            await RetryAsync(async () =>
            {
                if (WhyNot(out var view) is { } reason)
                {
                    Trouble = reason;
                    await Task.Delay(LookAgain, time, _stop.Token).ConfigureAwait(false);
                    return 0;
                }

                Trouble = $"waits until materialized view '{alert.View}' has caught up";
                var closings = view!.Gate.Closings;
                await view.CatchUpAsync(_stop.Token).ConfigureAwait(false);
                await WatchAsync(view, closings).ConfigureAwait(false);
                return 0;
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Why the view cannot be looked at now; null: it can.</summary>
    private string? WhyNot(out ViewRunner? view)
    {
        view = findView(alert.View);
        return view is null or { IsStopping: true } ? $"materialized view '{alert.View}' is being replaced"
            : view.Error is { } error ? $"materialized view '{alert.View}' has stopped: {error.Message}"
            : view.Gate.IsClosed ? $"materialized view '{alert.View}' is paused"
            : null;
    }

    /// <summary>Until the view is another one, was paused or has failed.</summary>
    private async Task WatchAsync(ViewRunner view, int closings)
    {
        var columns = view.Spec.Columns;
        using var evaluator = makeEvaluator(
            await condition.BindAsync(alert, columns, _stop.Token).ConfigureAwait(false), columns);
        long? seen = null;
        while (WhyNot(out var current) is null && current == view && view.Gate.Closings == closings)
        {
            var status = view.Status();
            var lag = TimeSpan.FromMilliseconds(status.LagMilliseconds);
            var isBehind = lag > options.AlertLagMax;
            var mustWait = outbox.Waiting >= options.AlertNoticesMax;
            Trouble = mustWait ? $"{outbox.Waiting} notifications wait, and no more are made"
                : !isBehind ? null
                : $"materialized view '{alert.View}' is {lag.TotalSeconds:F0} seconds behind: nothing is resolved";
            if (mustWait)
            {
                await Task.Delay(LookAgain, time, _stop.Token).ConfigureAwait(false);
                continue;
            }

            var (version, isWhole) = await EvaluateAsync(view, evaluator, seen, !isBehind).ConfigureAwait(false);
            seen = isWhole ? null : version;
            await WaitAsync(view, version, isBehind).ConfigureAwait(false);
        }
    }

    /// <returns>The view's version looked at, and whether the next look has to be at the whole view.</returns>
    private async Task<(long Version, bool NextIsWhole)> EvaluateAsync(
        ViewRunner view, AlertEvaluator evaluator, long? seen, bool mayResolve)
    {
        var before = Rows;
        var evaluation = AlertEvaluation.Nothing;
        var version = seen ?? -1;
        if (seen is null || view.Status().Version > seen)
        {
            var rows = await view.ReadAsync(seen, _stop.Token).ConfigureAwait(false);
            if (rows.Appends)
            {
                // Rows without keys count as one: all of them decide.
                rows = await view.ReadAsync(since: null, _stop.Token).ConfigureAwait(false);
            }

            evaluation = await evaluator
                .EvaluateAsync(rows, before.Count == 0 ? null : before.ContainsKey, _stop.Token).ConfigureAwait(false);
            version = rows.Version;
        }

        var step = AlertStep.Take(alert, before, evaluation, time.GetUtcNow(), mayResolve, options.AlertRowsMax);
        if (!step.ChangesNothing)
        {
            await outbox.ApplyAsync(step, _stop.Token).ConfigureAwait(false);
        }

        Volatile.Write(ref _rows, step.Rows);
        if (step.Refused > 0)
        {
            Trouble = $"{step.Refused} more row(s) fit the condition than the {options.AlertRowsMax} "
                + "that may be pending or firing";
        }

        return (version, step.Refused > 0 || !mayResolve);
    }

    /// <summary>Until the view changes, or time changes something; at least as long as between two looks.</summary>
    private async Task WaitAsync(ViewRunner view, long version, bool looksAgain)
    {
        var rest = options.AlertInterval - (_lastAt == 0 ? TimeSpan.MaxValue / 2 : time.GetElapsedTime(_lastAt));
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, _stop.Token).ConfigureAwait(false);
        }

        _lastAt = time.GetTimestamp();
        var due = AlertStep.DueAt(alert, Rows.Values) - time.GetUtcNow();
        due = looksAgain && !(due < LookAgain) ? LookAgain : due < DelayMost ? due : DelayMost;
        if (due <= TimeSpan.Zero)
        {
            return;
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var change = view.WaitForChangeAsync(version, late.Token);
        await Task.WhenAny(change, Task.Delay(due.Value, time, late.Token)).ConfigureAwait(false);
        await late.CancelAsync().ConfigureAwait(false);
        await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Until it succeeds: what fails shows as trouble and is tried again.</summary>
    private async Task<T> RetryAsync<T>(Func<Task<T>> run)
    {
        while (true)
        {
            try
            {
                return await run().ConfigureAwait(false);
            }
            catch (TarnException cause)
            {
                Trouble = cause.Message;
                Retrying(alert.Name, cause.Message);
                await Task.Delay(LookAgain, time, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(6411, LogLevel.Error, "alert '{Alert}' stops")]
    private partial void Failed(string alert, Exception cause);

    [LoggerMessage(6412, LogLevel.Warning, "alert '{Alert}' waits and tries again: {Reason}")]
    private partial void Retrying(string alert, string reason);
}
