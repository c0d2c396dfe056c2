namespace Tarn.Storage.Objects.Multipart;

/// <summary>
/// Objects that arrive in parts. An upload and its parts are durable when the call returns; nobody sees the object
/// before it is completed. Thread-safe. Failures: NotFound (code <c>NoSuchUpload</c>, <c>NoSuchBucket</c>), Invalid
/// (codes <c>InvalidPart</c>, <c>InvalidPartOrder</c>, <c>EntityTooSmall</c>), Conflict (<see cref="PutCondition"/>),
/// Unavailable (disk).
/// </summary>
public interface IMultipartUploads
{
    /// <param name="checksum">What the object will be checked by; null: nothing is kept but the ETag.</param>
    /// <param name="attributes">Of the object; length, digests and condition do not apply here.</param>
    Task<MultipartUpload> CreateAsync(
        ObjectKey key, ObjectAttributes attributes, UploadChecksum? checksum, CancellationToken cancellation);

    /// <summary>The upload, or null.</summary>
    Task<MultipartUpload?> FindAsync(ObjectKey key, string uploadId, CancellationToken cancellation);

    /// <summary>Stores a part, replacing one of the same number.</summary>
    /// <param name="number">1 to 10,000.</param>
    /// <param name="attributes">Length, digests and checksum of the part; nothing else applies.</param>
    Task<UploadedPart> PutPartAsync(
        ObjectKey key, string uploadId, int number, Stream body, ObjectAttributes attributes,
        CancellationToken cancellation);

    /// <summary>Parts in order of number, after <paramref name="after"/> (0: all), at most 1,000.</summary>
    Task<IReadOnlyList<UploadedPart>> ListPartsAsync(
        ObjectKey key, string uploadId, int after, int countMax, CancellationToken cancellation);

    /// <summary>
    /// One page of a bucket's uploads under way, in order of key and then of beginning.
    /// </summary>
    /// <param name="afterUploadId">With <see cref="ObjectListing.After"/>: also uploads of that key begun
    /// later.</param>
    Task<UploadPage> ListAsync(
        string bucket, ObjectListing listing, string? afterUploadId, CancellationToken cancellation);

    /// <summary>
    /// Makes the object of these parts, in this order, and forgets the upload. Each but the last has at least 5 MiB.
    /// The ETag is the MD5 of the parts' MD5s, with <c>-</c> and their number.
    /// </summary>
    /// <param name="checksum">Base64 of the whole object's checksum as the sender states it, or null.</param>
    Task<ObjectInfo> CompleteAsync(
        ObjectKey key, string uploadId, IReadOnlyList<CompletedPart> parts, string? checksum, PutCondition? condition,
        CancellationToken cancellation);

    /// <summary>Forgets the upload and removes its parts.</summary>
    Task AbortAsync(ObjectKey key, string uploadId, CancellationToken cancellation);
}
