namespace Tarn.Storage.Objects;

/// <summary>
/// Buckets of objects. An object is visible to readers whole or not at all, and durable (fsynced) when a put
/// returns. Thread-safe. Bodies are streamed; no method holds one in memory. Failures: NotFound (bucket), Invalid
/// (name, key, size), AlreadyExists (bucket), Conflict (bucket not empty, <see cref="PutCondition"/>), Unavailable
/// (disk full).
/// </summary>
public interface IObjectStore
{
    Task<BucketInfo> CreateBucketAsync(string bucket, CancellationToken cancellation);

    Task<BucketInfo?> FindBucketAsync(string bucket, CancellationToken cancellation);

    /// <summary>All buckets, ordered by name.</summary>
    Task<IReadOnlyList<BucketInfo>> ListBucketsAsync(CancellationToken cancellation);

    /// <summary>Removes an empty bucket.</summary>
    Task DeleteBucketAsync(string bucket, CancellationToken cancellation);

    /// <summary>
    /// Stores everything that <paramref name="body"/> yields, replacing an object of the same key. When the body
    /// throws, ends early against <see cref="ObjectAttributes.ContentLength"/> or differs from a given digest,
    /// nothing changes.
    /// </summary>
    Task<ObjectInfo> PutAsync(ObjectKey key, Stream body, ObjectAttributes attributes, CancellationToken cancellation);

    /// <summary>
    /// Stores a finished file by moving it, replacing an object of the same key. <paramref name="stagedPath"/> must
    /// lie in <see cref="StagingDirectory"/> and is gone afterwards.
    /// </summary>
    Task<ObjectInfo> PutFileAsync(
        ObjectKey key, string stagedPath, ObjectAttributes attributes, CancellationToken cancellation);

    /// <summary>
    /// Stores the bytes of <paramref name="source"/> under another key, or under its own with other attributes,
    /// without the bytes coming through the caller; null when there is no source. The copy is an object in one piece:
    /// its ETag is the MD5 of its bytes, a checksum over the bytes is kept, one over parts is not.
    /// </summary>
    /// <param name="sourceIs">Called with the very version that is copied; what it throws ends the call.</param>
    /// <param name="attributes">Of the copy; null: those of the source. Its length and digests do not apply.</param>
    Task<ObjectInfo?> CopyAsync(
        ObjectKey source, Action<ObjectInfo> sourceIs, ObjectKey target, ObjectAttributes? attributes,
        CancellationToken cancellation);

    /// <summary>
    /// Replaces the object's tags; its bytes, ETag and date stay. Null when there is no such object.
    /// </summary>
    Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation);

    /// <summary>The object's attributes, or null.</summary>
    Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellation);

    /// <summary>
    /// The object opened at <paramref name="range"/> (null: whole), or null when there is none. The caller disposes
    /// it.
    /// </summary>
    Task<ObjectContent?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellation);

    /// <summary>Removes the object; false when there was none.</summary>
    Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation);

    /// <summary>One page of a bucket's keys in UTF-8 byte order.</summary>
    Task<ObjectPage> ListAsync(string bucket, ObjectListing listing, CancellationToken cancellation);

    /// <summary>
    /// A path on this machine under which an engine such as DuckDB can read the object's bytes until the returned lease
    /// is disposed. The local store answers with the object's own file. Null when there is no such object.
    /// </summary>
    Task<LocalFile?> OpenLocalAsync(ObjectKey key, CancellationToken cancellation);

    /// <summary>Directories that hold local object files; SQL may read these and nothing else.</summary>
    IReadOnlyList<string> LocalDirectories { get; }

    /// <summary>
    /// An existing directory on the store's own file system for files that <see cref="PutFileAsync"/> will take
    /// over.
    /// </summary>
    string StagingDirectory { get; }
}
