using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.Primitives.Identity;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// Makes an alert's notifications, stores them with the rows they tell of, and sends them: a lane per target, so
/// that one that does not answer holds up no other.
/// </summary>
internal sealed class AlertOutbox
{
    private readonly AlertSpec _alert;
    private readonly AlertStore _store;
    private readonly TimeProvider _time;
    private readonly IdSource _ids;
    private readonly IReadOnlyList<NoticeLane> _lanes;
    private DateTimeOffset? _acknowledgedBefore;
    private long _number;

    public AlertOutbox(
        AlertSpec alert, AlertStore store, NoticeSender sender, RetryPauses pauses, TimeProvider time, IdSource ids,
        ILogger logger)
    {
        _alert = alert;
        _store = store;
        _time = time;
        _ids = ids;
        _lanes = [.. alert.Targets.Select(target =>
            new NoticeLane(alert, target, store, sender, pauses, time, logger))];
    }

    /// <summary>Notifications that are not acknowledged, of all targets.</summary>
    public int Waiting => _lanes.Sum(lane => lane.Waiting);

    /// <summary>What keeps notifications from being taken, or null.</summary>
    public string? Trouble => _lanes.FirstOrDefault(lane => lane.Trouble is not null) is { } lane
        ? $"{lane.Trouble}; {lane.Waiting} notification(s) wait{(lane.HasStopped ? " and are not tried again" : "")}"
        : null;

    /// <summary>True: some target has refused a notification for good.</summary>
    public bool HasStopped => _lanes.Any(lane => lane.HasStopped);

    /// <summary>When a notification was last acknowledged, or null.</summary>
    public DateTimeOffset? AcknowledgedAt => _lanes.Max(lane => lane.AcknowledgedAt) ?? _acknowledgedBefore;

    /// <summary>Takes up what was not acknowledged when the process ended.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        _acknowledgedBefore = (await _store.FindProgressAsync(_alert.Id, cancellation).ConfigureAwait(false))
            ?.LastAcknowledged;
        foreach (var notice in await _store.ListNoticesAsync(_alert.Id, cancellation).ConfigureAwait(false))
        {
            Add(notice);
            _number = Math.Max(_number, notice.Number);
        }
    }

    /// <summary>Sends until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll(_lanes.Select(lane => lane.RunAsync(cancellation)));

    /// <summary>Stores what an evaluation came to with its notifications, then lets those be sent. When storing fails
    /// nothing has happened.</summary>
    public async Task ApplyAsync(AlertStep step, CancellationToken cancellation)
    {
        var notices = step.Events.SelectMany(Notices).ToList();
        await _store.ApplyAsync(_alert.Id, step, notices, cancellation).ConfigureAwait(false);
        notices.ForEach(Add);
    }

    private IEnumerable<AlertNotice> Notices(AlertEvent told)
    {
        var now = _time.GetUtcNow();
        var id = $"alert_{_ids.Next():N}";
        var body = NoticeBody.Write(_alert, told, id, now);

        // Above every number that was ever given, also those that are acknowledged and gone.
        _number = Math.Max(_number + 1, now.UtcTicks);
        return _alert.Targets.Select(target => new AlertNotice(_number, target.ToString(), id, body)).ToList();
    }

    private void Add(AlertNotice notice) =>
        _lanes.First(lane => lane.Target.ToString() == notice.Target).Add(notice);
}
