namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// The lifecycle rules of buckets. Durable when a call returns; what they make expire goes at the next run.
/// Thread-safe; reads are memory only. Failures: NotFound (bucket), Unavailable (disk), Unsupported (a store that
/// cannot expire anything safely).
/// </summary>
public interface IBucketLifecycle
{
    /// <summary>The rules, or null when there are none.</summary>
    LifecycleConfiguration? Find(string bucket);

    /// <summary>Replaces the rules; null removes them.</summary>
    Task SetAsync(string bucket, LifecycleConfiguration? configuration, CancellationToken cancellation);
}
