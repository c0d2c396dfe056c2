using System.Collections.Concurrent;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Objects.Notifications;

/// <summary>The settings of buckets, each read once per document.</summary>
internal sealed class BucketNotifications(IBucketSettings settings) : IBucketNotifications
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public NotificationConfiguration? Find(string bucket)
    {
        if (settings.Find(bucket, BucketSetting.Notification) is not { } document)
        {
            _known.TryRemove(bucket, out _);
            return null;
        }

        if (!_known.TryGetValue(bucket, out var known) || known.Document != document)
        {
            known = new Known(document, NotificationConfiguration.Read(bucket, document));
            _known[bucket] = known;
        }

        return known.Configuration;
    }

    public Task SetAsync(string bucket, NotificationConfiguration? configuration, CancellationToken cancellation) =>
        settings.SetAsync(bucket, BucketSetting.Notification, configuration?.Write(), cancellation);

    private sealed record Known(string Document, NotificationConfiguration Configuration);
}
