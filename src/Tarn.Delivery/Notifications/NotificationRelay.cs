using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Delivery.Shards;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Notifications;

/// <summary>
/// Sends events of objects to their streams, each at least once.
/// <code>
/// put, delete, ... --one commit--> object's row + outbox row     stop: both or none
///     1 read the oldest events of a stream                       stop: sent at the next start
///     2 append them, in order                                    stop: sent again at the next start
///     3 forget those that are on disk there                      stop before: sent again
/// </code>
/// Events of one key share a partition key and go out in order; after one that was not taken, later ones of its key are
/// not forgotten, so they follow it once more. A stream that does not exist or does not take events is tried again
/// after a pause of its own; the others go on.
/// </summary>
internal sealed class NotificationRelay(
    IEventOutbox outbox, IStreams streams, LakeIdentity lake, DeliveryOptions options, TimeProvider time,
    ILogger<NotificationRelay> logger) : IHostedService, IDisposable
{
    private const int BatchMax = 500;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, Pause> _pauses = new(StringComparer.Ordinal);
    private readonly NotificationInstruments _instruments = new(outbox, time);
    private Task _loop = Task.CompletedTask;
    private Task? _added;
    private int _failures;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _instruments.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RelayAsync(stop).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                var delay = Backoff.Delay(++_failures, options.RetryDelayMin, options.RetryDelayMax);
                DeliveryLog.OutboxFailed(logger, delay, failure);
                await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RelayAsync(CancellationToken stop)
    {
        while (true)
        {
            _added ??= outbox.WaitAsync(stop);
            while (await SendOnceAsync(stop).ConfigureAwait(false))
            {
                _failures = 0;
            }

            await WaitAsync(_added, stop).ConfigureAwait(false);
            if (_added.IsCompleted)
            {
                var added = _added;
                _added = null;
                await added.ConfigureAwait(false);
            }
        }
    }

    /// <summary>Until events were added or the first pause is over.</summary>
    private async Task WaitAsync(Task added, CancellationToken stop)
    {
        if (_pauses.Count == 0)
        {
            await Task.WhenAny(added).ConfigureAwait(false);
        }
        else
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var delay = _pauses.Values.Min(pause => pause.Until) - time.GetUtcNow();
            var over = Task.Delay(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, time, ended.Token);
            await Task.WhenAny(added, over).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
        }

        stop.ThrowIfCancellationRequested();
    }

    /// <summary>One batch of every stream that is not paused; false when none had one.</summary>
    private async Task<bool> SendOnceAsync(CancellationToken stop)
    {
        var hasSent = false;
        var waiting = outbox.ListStreams();
        foreach (var stream in _pauses.Keys.Except(waiting).ToList())
        {
            _pauses.Remove(stream);
        }

        foreach (var stream in waiting)
        {
            stop.ThrowIfCancellationRequested();
            if (!_pauses.TryGetValue(stream, out var pause) || pause.Until <= time.GetUtcNow())
            {
                hasSent |= await SendAsync(stream, stop).ConfigureAwait(false);
            }
        }

        return hasSent;
    }

    /// <summary>Steps 1 to 3; false when nothing was taken.</summary>
    private async Task<bool> SendAsync(string stream, CancellationToken stop)
    {
        if (streams.Find(stream) is null)
        {
            if (Begin(stream) is { Failures: 1 })
            {
                DeliveryLog.StreamGone(logger, stream);
            }

            return false;
        }

        var events = outbox.Read(stream, BatchMax);
        var (taken, refusal) = await AppendAsync(stream, events, stop).ConfigureAwait(false);
        if (taken.Count > 0)
        {
            await outbox.RemoveAsync(taken).ConfigureAwait(false);
            _instruments.Sent(stream, taken.Count);
            DeliveryLog.EventsSent(logger, taken.Count, stream);
        }

        if (refusal is null)
        {
            _pauses.Remove(stream);
        }
        else
        {
            DeliveryLog.EventsNotTaken(logger, stream, Begin(stream).Delay, refusal);
        }

        return taken.Count > 0;
    }

    /// <summary>Ids of the events that are on disk there and need not go again, and why others are not.</summary>
    private async Task<(List<long> Taken, string? Refusal)> AppendAsync(
        string stream, IReadOnlyList<WaitingEvent> events, CancellationToken stop)
    {
        var entries = events.Select(e => EventMessage.Entry(e, lake)).ToArray();
        var outcomes = new AppendOutcome[entries.Length];
        try
        {
            await streams.AppendAsync(stream, entries, outcomes, stop).ConfigureAwait(false);
        }
        catch (TarnException failure)
        {
            return ([], failure.Describe());
        }

        var behind = new HashSet<string>(StringComparer.Ordinal);
        var taken = new List<long>();
        string? refusal = null;
        foreach (var (e, outcome) in events.Zip(outcomes))
        {
            var key = $"{e.Key.Bucket}/{e.Key.Key}";
            if (outcome.Error is { } error)
            {
                refusal ??= error.Message;
                behind.Add(key);
            }
            else if (!behind.Contains(key))
            {
                taken.Add(e.Id);
            }
        }

        return (taken, refusal);
    }

    private Pause Begin(string stream)
    {
        var failures = (_pauses.TryGetValue(stream, out var before) ? before.Failures : 0) + 1;
        var delay = Backoff.Delay(failures, options.RetryDelayMin, options.RetryDelayMax);
        return _pauses[stream] = new Pause(failures, delay, time.GetUtcNow() + delay);
    }

    private sealed record Pause(int Failures, TimeSpan Delay, DateTimeOffset Until);
}
