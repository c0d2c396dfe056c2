namespace Tarn.Storage.Objects.Versions;

/// <summary>
/// Earlier versions of objects, in buckets that keep them. <see cref="IObjectStore"/> speaks of current objects only: a
/// put there adds a version, a delete there hides the object behind a marker. Durable when a call returns. Thread-safe.
/// A version id is 32 hex digits, or <c>null</c> for what was put before the bucket kept versions or while that was
/// suspended. Failures: NotFound (bucket), Invalid (key, version id), Conflict (<see cref="PutCondition"/>),
/// Unavailable (disk), Unsupported (a store that keeps no versions).
/// </summary>
public interface IObjectVersions
{
    Task<BucketVersioning> FindVersioningAsync(string bucket, CancellationToken cancellation);

    /// <summary>Enabled or Suspended, for every put and delete that begins afterwards.</summary>
    Task SetVersioningAsync(string bucket, BucketVersioning versioning, CancellationToken cancellation);

    /// <summary>The version or marker, or null.</summary>
    /// <param name="versionId">Null: the latest of the key, whatever it is.</param>
    Task<ObjectVersion?> FindAsync(ObjectKey key, string? versionId, CancellationToken cancellation);

    /// <summary>
    /// The version opened at <paramref name="range"/> (null: whole), or null when there is none or it is a marker. The
    /// caller disposes it.
    /// </summary>
    Task<ObjectContent?> OpenAsync(
        ObjectKey key, string versionId, ByteRange? range, CancellationToken cancellation);

    /// <summary>As <see cref="IObjectStore.CopyAsync"/>, from this version.</summary>
    Task<ObjectInfo?> CopyAsync(
        ObjectKey source, string versionId, Action<ObjectInfo> sourceIs, ObjectKey target,
        ObjectAttributes? attributes, CancellationToken cancellation);

    /// <summary>As <see cref="IObjectStore.SetTagsAsync"/>, of this version.</summary>
    Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, string versionId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation);

    /// <summary>
    /// Removes a version or marker for good. When it was the latest, the next one is: if that is no marker, it is the
    /// current object again.
    /// </summary>
    /// <param name="versionId">Null: as <see cref="IObjectStore.DeleteAsync"/>, and where versions are kept a marker is
    /// made even when there is no object.</param>
    Task<ObjectDeletion> DeleteAsync(ObjectKey key, string? versionId, CancellationToken cancellation);

    /// <summary>One page of a bucket's versions and markers. A bucket without versions has its objects.</summary>
    /// <param name="afterVersionId">With <see cref="ObjectListing.After"/>: also what is older than this version of
    /// that key. If it is gone by now, all versions of that key.</param>
    Task<VersionPage> ListAsync(
        string bucket, ObjectListing listing, string? afterVersionId, CancellationToken cancellation);
}
