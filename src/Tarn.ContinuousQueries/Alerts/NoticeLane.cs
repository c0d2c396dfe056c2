using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// The notifications of one alert for one target, sent one after the other in their order. Each is tried until it is
/// taken; what the target refuses for good stops the lane with the reason, and what waits stays stored. An
/// acknowledged one is forgotten before the next is sent.
/// </summary>
internal sealed partial class NoticeLane(
    AlertSpec alert, NotifyTarget target, AlertStore store, NoticeSender sender, RetryPauses pauses,
    TimeProvider time, ILogger logger)
{
    private readonly Channel<AlertNotice> _waiting = Channel.CreateUnbounded<AlertNotice>();
    private int _count;
    private long _acknowledgedTicks;

    public NotifyTarget Target => target;

    /// <summary>Notifications that are not acknowledged.</summary>
    public int Waiting => Volatile.Read(ref _count);

    /// <summary>What keeps the oldest one from being taken, or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>True: the target has refused one for good.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>When the last one was acknowledged, since the lane began; null: none was.</summary>
    public DateTimeOffset? AcknowledgedAt => Volatile.Read(ref _acknowledgedTicks) is var ticks and not 0
        ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void Add(AlertNotice notice)
    {
        Interlocked.Increment(ref _count);
        _waiting.Writer.TryWrite(notice);
    }

    /// <summary>Until cancelled, or refused for good.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await SendForEverAsync(cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever ends the lane is shown by SHOW ALERTS
        catch (Exception cause) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Trouble = $"{target}: an unexpected failure: {cause.Message}";
            Refused(alert.Name, cause.ToString());
        }

        HasStopped = true;
    }

    private async Task SendForEverAsync(CancellationToken cancellation)
    {
        await foreach (var notice in _waiting.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (!await TrySendAsync(notice, cancellation).ConfigureAwait(false))
            {
                return;
            }

            await AcknowledgeAsync(notice, cancellation).ConfigureAwait(false);
            Interlocked.Decrement(ref _count);
        }
    }

    private async Task<bool> TrySendAsync(AlertNotice notice, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await sender.SendAsync(target, alert.Id, notice, cancellation).ConfigureAwait(false)
                is not WebhookRefused refused)
            {
                return true;
            }

            Trouble = $"{target}: {refused.Reason}";
            if (!refused.MayPass)
            {
                Refused(alert.Name, Trouble);
                return false;
            }

            Retrying(alert.Name, Trouble);
            await Task.Delay(pauses.After(attempt, refused.RetryAfter), time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task AcknowledgeAsync(AlertNotice notice, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await store.AcknowledgeAsync(alert.Id, notice, now, cancellation).ConfigureAwait(false);
                Volatile.Write(ref _acknowledgedTicks, now.UtcTicks);
                Trouble = null;
                return;
            }
            catch (TarnException cause)
            {
                Trouble = $"an acknowledgement is not stored: {cause.Message}";
                Retrying(alert.Name, Trouble);
                await Task.Delay(pauses.After(attempt, null), time, cancellation).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(6401, LogLevel.Warning, "alert '{Alert}' sends no more there: {Reason}")]
    private partial void Refused(string alert, string reason);

    [LoggerMessage(6402, LogLevel.Warning, "alert '{Alert}' waits and tries again: {Reason}")]
    private partial void Retrying(string alert, string reason);
}
