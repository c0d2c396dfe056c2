namespace Tarn.Storage.Objects.Notifications;

/// <summary>
/// Which events of a bucket's objects are put into the outbox (<see cref="IEventOutbox"/>). Durable when a call
/// returns; holds for every change that begins afterwards. Thread-safe; reads are memory only. Failures: NotFound
/// (bucket), Unavailable (disk), Unsupported (a store that cannot tell).
/// </summary>
public interface IBucketNotifications
{
    /// <summary>The settings, or null when nothing is told.</summary>
    NotificationConfiguration? Find(string bucket);

    /// <summary>Replaces the settings; null removes them.</summary>
    Task SetAsync(string bucket, NotificationConfiguration? configuration, CancellationToken cancellation);
}
