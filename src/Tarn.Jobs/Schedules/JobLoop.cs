using Microsoft.Extensions.Logging;
using Tarn.Jobs.Runs;
using Tarn.Jobs.Specs;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Schedules;

/// <summary>
/// Runs one job: first what a stop cut off, then by its schedule and on demand, one run at a time. Its runs go on when
/// those who asked for them have left; they end when the loop is stopped. Thread-safe.
/// </summary>
internal sealed class JobLoop(JobResource job, RunFlow flow, RunStore runs, TimeProvider time, ILogger<JobLoop> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile JobResource _job = job;
    private volatile TaskCompletionSource _changed = NewSource();
    private Task _running = Task.CompletedTask;

    /// <summary>When a schedule was tried last although no run could be recorded.</summary>
    private DateTimeOffset _triedAt = DateTimeOffset.MinValue;

    public void Start() => _running = Task.Run(() => FollowAsync(_stop.Token));

    /// <summary>Takes new settings for the next run.</summary>
    public void Change(JobResource job)
    {
        _job = job;
        _changed.TrySetResult();
    }

    /// <summary>A run of its own, after one that is under way.</summary>
    public async Task<JobRun> RunAsync(CancellationToken cancellation)
    {
        if (_stop.IsCancellationRequested)
        {
            throw Stopping();
        }

        try
        {
            return await Task.Run(() => RunOnceAsync(_stop.Token), CancellationToken.None).WaitAsync(cancellation)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw Stopping();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _gate.WaitAsync().ConfigureAwait(false);
        _gate.Release();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TarnException Stopping() => new(
        ErrorKind.Unavailable,
        $"job '{_job.Spec.Name}' is being stopped",
        hint: "a run that was cut off is done again at the next start");

    private async Task<JobRun> RunOnceAsync(CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            stop.ThrowIfCancellationRequested();
            return await flow.RunAsync(_job.Spec, stop).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        await TryAsync(FinishCutOffAsync, stop).ConfigureAwait(false);
        while (true)
        {
            _changed = NewSource();
            DateTimeOffset? due = null;
            if (!await TryAsync(async token => due = await DueAsync(token).ConfigureAwait(false), stop)
                .ConfigureAwait(false))
            {
                await WaitAsync(time.GetUtcNow() + RetryDelay, stop).ConfigureAwait(false);
            }
            else if (due <= time.GetUtcNow())
            {
                _triedAt = time.GetUtcNow();
                await TryAsync(RunOnceAsync, stop).ConfigureAwait(false);
            }
            else
            {
                await WaitAsync(due, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task FinishCutOffAsync(CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await flow.FinishCutOffAsync(_job.Spec, stop).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<DateTimeOffset?> DueAsync(CancellationToken stop)
    {
        var last = await runs.FindLastAsync(_job.Spec.Name, stop).ConfigureAwait(false);
        return ScheduleRule.DueAt(_job, last?.Run, _triedAt);
    }

    private async Task WaitAsync(DateTimeOffset? due, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var left = due - time.GetUtcNow() ?? WaitMax;
        left = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, WaitMax.Ticks));
        var delay = Task.Delay(left, time, ended.Token);
        await Task.WhenAny(delay, _changed.Task).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>A failure here is the stores': it is logged, and a later round tries again.</summary>
    private async Task<bool> TryAsync(Func<CancellationToken, Task> act, CancellationToken stop)
    {
        try
        {
            await act(stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            JobsLog.NotRun(logger, _job.Spec.Name, e);
            return false;
        }
    }
}
