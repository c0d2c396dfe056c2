using System.Collections.Concurrent;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>The rules of buckets, each read once per document.</summary>
internal sealed class BucketLifecycle(IBucketSettings settings) : IBucketLifecycle
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public LifecycleConfiguration? Find(string bucket)
    {
        if (settings.Find(bucket, BucketSetting.Lifecycle) is not { } document)
        {
            _known.TryRemove(bucket, out _);
            return null;
        }

        if (!_known.TryGetValue(bucket, out var known) || known.Document != document)
        {
            known = new Known(document, LifecycleConfiguration.Read(bucket, document));
            _known[bucket] = known;
        }

        return known.Configuration;
    }

    public Task SetAsync(string bucket, LifecycleConfiguration? configuration, CancellationToken cancellation) =>
        settings.SetAsync(bucket, BucketSetting.Lifecycle, configuration?.Write(), cancellation);

    private sealed record Known(string Document, LifecycleConfiguration Configuration);
}
