namespace Tarn.Storage.Objects.Buckets;

/// <summary>
/// The settings of buckets, each a JSON document whose shape belongs to the record that reads it. Durable when a call
/// returns; gone with the bucket. Thread-safe; reads are memory only. Failures: NotFound (bucket), Unavailable (disk).
/// </summary>
public interface IBucketSettings
{
    /// <summary>The document, or null when it was never set.</summary>
    string? Find(string bucket, BucketSetting setting);

    /// <summary>Sets the document; null removes it.</summary>
    Task SetAsync(string bucket, BucketSetting setting, string? document, CancellationToken cancellation);
}
