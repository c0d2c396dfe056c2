using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Uploads in parts while objects are kept in an S3 service: none is begun, so there are none. Objects put in one
/// request go there in parts by themselves.
/// </summary>
internal sealed class RefusedUploads(RemoteBuckets buckets) : IMultipartUploads
{
    public Task<MultipartUpload> CreateAsync(
        ObjectKey key, ObjectAttributes attributes, UploadChecksum? checksum, CancellationToken cancellation)
    {
        buckets.Require(key.Bucket);
        throw new TarnException(
            ErrorKind.Unsupported,
            "uploads in parts are not taken while objects are kept in an S3 service",
            hint: "put the object in one request; it goes to the storage in parts")
        {
            Code = "NotImplemented",
        };
    }

    public Task<MultipartUpload?> FindAsync(ObjectKey key, string uploadId, CancellationToken cancellation)
    {
        buckets.Require(key.Bucket);
        return Task.FromResult<MultipartUpload?>(null);
    }

    public Task<UploadedPart> PutPartAsync(
        ObjectKey key, string uploadId, int number, Stream body, ObjectAttributes attributes,
        CancellationToken cancellation) => throw UploadErrors.NoSuchUpload(key, uploadId);

    public Task<IReadOnlyList<UploadedPart>> ListPartsAsync(
        ObjectKey key, string uploadId, int after, int countMax, CancellationToken cancellation) =>
        throw UploadErrors.NoSuchUpload(key, uploadId);

    public Task<UploadPage> ListAsync(
        string bucket, ObjectListing listing, string? afterUploadId, CancellationToken cancellation)
    {
        buckets.Require(bucket);
        return Task.FromResult(new UploadPage([], [], NextAfter: null, NextAfterUploadId: null));
    }

    public Task<ObjectInfo> CompleteAsync(
        ObjectKey key, string uploadId, IReadOnlyList<CompletedPart> parts, string? checksum, PutCondition? condition,
        CancellationToken cancellation) => throw UploadErrors.NoSuchUpload(key, uploadId);

    public Task AbortAsync(ObjectKey key, string uploadId, CancellationToken cancellation) =>
        throw UploadErrors.NoSuchUpload(key, uploadId);
}
