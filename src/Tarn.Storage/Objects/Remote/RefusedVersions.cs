using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Versions while objects are kept in an S3 service: none, so buckets are unversioned and stay so. What that service
/// keeps of its own is its operator's.
/// </summary>
internal sealed class RefusedVersions(RemoteBuckets buckets, IObjectStore objects) : IObjectVersions
{
    public Task<BucketVersioning> FindVersioningAsync(string bucket, CancellationToken cancellation)
    {
        buckets.Require(bucket);
        return Task.FromResult(BucketVersioning.Unversioned);
    }

    public Task SetVersioningAsync(string bucket, BucketVersioning versioning, CancellationToken cancellation)
    {
        buckets.Require(bucket);
        throw Refused();
    }

    public async Task<ObjectVersion?> FindAsync(ObjectKey key, string? versionId, CancellationToken cancellation)
    {
        if (versionId is not null)
            throw Refused();
        var found = await objects.FindAsync(key, cancellation).ConfigureAwait(false);
        return found is null ? null : new ObjectVersion(found, IsMarker: false, IsLatest: true);
    }

    public Task<ObjectContent?> OpenAsync(
        ObjectKey key, string versionId, ByteRange? range, CancellationToken cancellation) => throw Refused();

    public Task<ObjectInfo?> CopyAsync(
        ObjectKey source, string versionId, Action<ObjectInfo> sourceIs, ObjectKey target,
        ObjectAttributes? attributes, CancellationToken cancellation) => throw Refused();

    public Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, string versionId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation) =>
        throw Refused();

    public async Task<ObjectDeletion> DeleteAsync(ObjectKey key, string? versionId, CancellationToken cancellation)
    {
        if (versionId is not null)
            throw Refused();
        var isFound = await objects.DeleteAsync(key, cancellation).ConfigureAwait(false);
        return new ObjectDeletion(isFound, VersionId: null, IsMarker: false);
    }

    public Task<VersionPage> ListAsync(
        string bucket, ObjectListing listing, string? afterVersionId, CancellationToken cancellation)
    {
        buckets.Require(bucket);
        throw Refused();
    }

    private static TarnException Refused() => new(
        ErrorKind.Unsupported,
        "versions of objects are not kept while objects are kept in an S3 service",
        hint: "turn versioning on for the bucket of that service, and use its versions there")
    {
        Code = "NotImplemented",
    };
}
