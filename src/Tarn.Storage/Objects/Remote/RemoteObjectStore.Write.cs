using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

internal sealed partial class RemoteObjectStore
{
    public async Task<ObjectInfo> PutAsync(
        ObjectKey key, Stream body, ObjectAttributes attributes, CancellationToken cancellation)
    {
        _ = _service.Names.Of(key);
        using var visit = _buckets.Enter(key.Bucket);
        var path = Path.Combine(_folders.Staging, _ids.Next().ToString("N"));
        var staged = await RemoteStaging.WriteAsync(path, key, body, attributes, cancellation).ConfigureAwait(false);
        try
        {
            return await SendAsync(key, staged, attributes, cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The file stays when the put fails; it can be put again.</summary>
    public async Task<ObjectInfo> PutFileAsync(
        ObjectKey key, string stagedPath, ObjectAttributes attributes, CancellationToken cancellation)
    {
        _ = _service.Names.Of(key);
        using var visit = _buckets.Enter(key.Bucket);
        var source = Path.GetFullPath(stagedPath);
        if (!source.StartsWith(_folders.Staging + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new TarnException(ErrorKind.Invalid, $"'{stagedPath}' does not lie in the staging directory");
        var staged = await RemoteStaging.AdoptAsync(source, key, attributes, cancellation).ConfigureAwait(false);
        var info = await SendAsync(key, staged, attributes, cancellation).ConfigureAwait(false);
        File.Delete(source);
        return info;
    }

    public async Task<ObjectInfo?> CopyAsync(
        ObjectKey source, Action<ObjectInfo> sourceIs, ObjectKey target, ObjectAttributes? attributes,
        CancellationToken cancellation)
    {
        var targetName = _service.Names.Of(target);
        using var visit = _buckets.Enter(target.Bucket);
        if (await FindAsync(source, cancellation).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        sourceIs(found);
        await _service.Abilities.CheckAsync(attributes?.Condition, RemoteWrite.Copy, cancellation)
            .ConfigureAwait(false);
        var kept = attributes ?? found.Attributes;
        var request = new CopyObjectRequest
        {
            SourceBucket = _service.Bucket,
            SourceKey = _service.Names.Of(source),
            ETagToMatch = $"\"{found.ETag}\"",
            DestinationBucket = _service.Bucket,
            DestinationKey = targetName,
            MetadataDirective = S3MetadataDirective.REPLACE,
            TaggingDirective = TaggingDirective.REPLACE,
            TagSet = RemoteAttributes.Tags(kept.Tags),
            IfMatch = attributes?.Condition?.IfMatch is { } ifMatch ? $"\"{ifMatch}\"" : null,
            IfNoneMatch = attributes?.Condition is { IfAbsent: true } ? "*" : null,
        };
        var checksum = found.Checksum is { IsComposite: true } ? null : found.Checksum;
        RemoteAttributes.Write(kept, checksum, request.Headers, request.Metadata);
        var copied = await _service.CallAsync(
            $"copying {source} to {target}", (s3, stop) => s3.CopyObjectAsync(request, stop), cancellation)
            .ConfigureAwait(false);
        var etag = copied.ETag.Trim('"');
        return await FindMadeAsync(target, etag, kept.Tags, cancellation).ConfigureAwait(false)
            ?? found with { Key = target, ETag = etag, Attributes = Kept(kept), Checksum = checksum, Parts = [] };
    }

    /// <summary>
    /// The object that was just made, with its date, which services do not say before; null when it was replaced by
    /// now. Some services take no tags with copies and uploads in parts whatever they are told: they are set here.
    /// </summary>
    public async Task<ObjectInfo?> FindMadeAsync(
        ObjectKey key, string etag, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        var found = await FindAsync(key, cancellation).ConfigureAwait(false);
        if (found?.ETag == etag && !tags.OrderBy(tag => tag.Key).SequenceEqual(
            found.Attributes.Tags.OrderBy(tag => tag.Key)))
        {
            found = await SetTagsAsync(key, tags, cancellation).ConfigureAwait(false);
        }

        return found?.ETag == etag ? found : null;
    }

    public async Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        var name = _service.Names.Of(key);
        using var visit = _buckets.Enter(key.Bucket);
        var request = new PutObjectTaggingRequest
        {
            BucketName = _service.Bucket, Key = name, Tagging = new Tagging { TagSet = RemoteAttributes.Tags(tags) },
        };
        var answer = await _service.FindAsync(
            $"tagging {key}", (s3, stop) => s3.PutObjectTaggingAsync(request, stop), cancellation)
            .ConfigureAwait(false);
        return answer is null ? null : await FindAsync(key, cancellation).ConfigureAwait(false);
    }

    /// <summary>S3 does not say whether there was one, so it is looked for, one caller at a time.</summary>
    public async Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        var name = _service.Names.Of(key);
        using var turn = await _locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        if (await FindWithUploadAsync(key, cancellation).ConfigureAwait(false) is not var (_, upload))
        {
            return false;
        }

        await _service.CallAsync(
            $"deleting {key}", (s3, stop) => s3.DeleteObjectAsync(_service.Bucket, name, stop), cancellation)
            .ConfigureAwait(false);
        if (upload is not null)
        {
            await _parts.RemoveOthersAsync(key, uploadId: null, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<ObjectInfo> SendAsync(
        ObjectKey key, RemoteStaging staged, ObjectAttributes attributes, CancellationToken cancellation)
    {
        var checksum = attributes.Checksum?.Invoke();
        var etag = await UploadAsync(key, staged, attributes, checksum, cancellation).ConfigureAwait(false);
        return await FindMadeAsync(key, etag, attributes.Tags, cancellation).ConfigureAwait(false) ?? new ObjectInfo(
            key, staged.Size, etag, RemoteTime.Of(_clock.GetUtcNow().UtcDateTime), Kept(attributes))
        {
            Checksum = checksum,
        };
    }

    private async Task<string> UploadAsync(
        ObjectKey key, RemoteStaging staged, ObjectAttributes attributes, ObjectChecksum? checksum,
        CancellationToken cancellation)
    {
        var write = RemoteUpload.IsInParts(staged) ? RemoteWrite.Completion : RemoteWrite.Put;
        await _service.Abilities.CheckAsync(attributes.Condition, write, cancellation).ConfigureAwait(false);
        try
        {
            return await _upload.RunAsync(key, staged, attributes, checksum, cancellation).ConfigureAwait(false);
        }
        catch (TarnException refused) when (
            refused.Code == "PreconditionFailed" && attributes.Condition?.IfMatch is not null)
        {
            // Some services say the same when there is no object at all.
            if (await FindAsync(key, cancellation).ConfigureAwait(false) is null)
                throw ObjectErrors.NoSuchKey(key);
            throw;
        }
    }

    /// <summary>Drops the parts of an upload that failed; parts that stay are logged.</summary>
    public Task TakeBackAsync(ObjectKey key, string serviceId) =>
        _upload.TakeBackAsync(key, _service.Names.Of(key), serviceId);

    /// <summary>What outlives the put.</summary>
    public static ObjectAttributes Kept(ObjectAttributes attributes) => new()
    {
        ContentType = attributes.ContentType,
        Headers = attributes.Headers,
        Metadata = attributes.Metadata,
        Tags = attributes.Tags,
    };
}
