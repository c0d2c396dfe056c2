using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Aws.S3.Versions;

/// <summary>Current objects, and versions by their id, for the operations that read either.</summary>
internal sealed class VersionedObjects(IObjectStore objects, IObjectVersions versions)
{
    /// <summary>
    /// The object or version that the request names. NoSuchBucket, NoSuchKey, NoSuchVersion, or MethodNotAllowed for a
    /// delete marker.
    /// </summary>
    public async Task<ObjectInfo> FindAsync(S3Call call, CancellationToken cancellation)
    {
        if (VersionIds.Read(call) is not { } versionId)
        {
            return await objects.FindAsync(call.Object, cancellation)
                ?? throw await AbsentAsync(call, versionId: null, cancellation);
        }

        return await versions.FindAsync(call.Object, versionId, cancellation) switch
        {
            null => throw VersionIds.NoSuchVersion(call.Object, versionId),
            { IsMarker: true } marker => throw VersionIds.Unreadable(call, marker),
            var version => version.Info,
        };
    }

    /// <summary>The bytes of what <see cref="FindAsync"/> finds.</summary>
    public async Task<ObjectContent> OpenAsync(S3Call call, ByteRange? range, CancellationToken cancellation)
    {
        var versionId = VersionIds.Read(call);
        return await OpenAsync(call.Object, versionId, range, cancellation)
            ?? throw await AbsentAsync(call, versionId, cancellation);
    }

    /// <summary>Null when there is no such object or version.</summary>
    public Task<ObjectContent?> OpenAsync(
        ObjectKey key, string? versionId, ByteRange? range, CancellationToken cancellation) =>
        versionId is null
            ? objects.OpenAsync(key, range, cancellation)
            : versions.OpenAsync(key, versionId, range, cancellation);

    public async Task<ObjectInfo> SetTagsAsync(
        S3Call call, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        var versionId = VersionIds.Read(call);
        var changed = versionId is null
            ? await objects.SetTagsAsync(call.Object, tags, cancellation)
            : await versions.SetTagsAsync(call.Object, versionId, tags, cancellation);
        if (changed is null && versionId is not null)
        {
            // A marker, or nothing: what a read would say of it.
            await FindAsync(call, cancellation);
        }

        return changed ?? throw await AbsentAsync(call, versionId, cancellation);
    }

    /// <summary>The source of a copy. A marker is none, and must not be named as one.</summary>
    public async Task<ObjectInfo> FindSourceAsync(
        ObjectKey source, string? versionId, CancellationToken cancellation)
    {
        if (versionId is null)
        {
            return await objects.FindAsync(source, cancellation)
                ?? throw await S3Errors.AbsentAsync(objects, source, cancellation);
        }

        return await versions.FindAsync(source, versionId, cancellation) switch
        {
            null => throw VersionIds.NoSuchVersion(source, versionId),
            { IsMarker: true } => throw new AwsException(
                "InvalidRequest",
                400,
                "The source of a copy request may not specifically refer to a delete marker by version id."),
            var version => version.Info,
        };
    }

    public Task<ObjectInfo?> CopyAsync(
        ObjectKey source, string? versionId, Action<ObjectInfo> sourceIs, ObjectKey target,
        ObjectAttributes attributes, CancellationToken cancellation) => versionId is null
            ? objects.CopyAsync(source, sourceIs, target, attributes, cancellation)
            : versions.CopyAsync(source, versionId, sourceIs, target, attributes, cancellation);

    private async Task<AwsException> AbsentAsync(S3Call call, string? versionId, CancellationToken cancellation)
    {
        var absent = await S3Errors.AbsentAsync(objects, call.Object, cancellation);
        if (absent.Code == "NoSuchBucket")
        {
            return absent;
        }

        if (versionId is not null)
        {
            return VersionIds.NoSuchVersion(call.Object, versionId);
        }

        return await versions.FindAsync(call.Object, versionId: null, cancellation) is { IsMarker: true } marker
            ? VersionIds.Hidden(absent, marker)
            : absent;
    }
}
