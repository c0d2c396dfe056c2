using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

internal sealed partial class RemoteObjectStore
{
    public async Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellation) =>
        (await FindWithUploadAsync(key, cancellation).ConfigureAwait(false))?.Info;

    /// <summary>The object's attributes and the id of the upload it came of, if it came of one.</summary>
    public async Task<(ObjectInfo Info, string? UploadId)?> FindWithUploadAsync(
        ObjectKey key, CancellationToken cancellation)
    {
        var name = _service.Names.Of(key);
        _buckets.Require(key.Bucket);
        var found = await _service.FindAsync(
            $"looking for {key}",
            (s3, stop) => s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = _service.Bucket, Key = name }, stop),
            cancellation).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        var tags = await TagsAsync(key, name, found.TagsCount, cancellation).ConfigureAwait(false);
        var info = new ObjectInfo(
            key,
            found.Headers.ContentLength,
            found.ETag.Trim('"'),
            RemoteTime.Of(found.LastModified),
            RemoteAttributes.Read(found.Headers, found.ExpiresString, found.Metadata) with { Tags = tags })
        {
            Checksum = RemoteAttributes.Checksum(found.Metadata),
        };
        var upload = RemoteAttributes.Upload(found.Metadata);
        return (await _parts.DescribeAsync(info, upload, cancellation).ConfigureAwait(false), upload);
    }

    public async Task<ObjectContent?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellation)
    {
        var name = _service.Names.Of(key);
        _buckets.Require(key.Bucket);
        if (range is { } asked && IsEmpty(asked))
        {
            return await FindAsync(key, cancellation).ConfigureAwait(false) is { } info
                ? throw ObjectErrors.InvalidRange(key, info.Size)
                : null;
        }

        var found = await GetAsync(key, name, range, etag: null, cancellation).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        try
        {
            return await ContentAsync(key, name, range, found, cancellation).ConfigureAwait(false);
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    public async Task<LocalFile?> OpenLocalAsync(ObjectKey key, CancellationToken cancellation)
    {
        while (await FindAsync(key, cancellation).ConfigureAwait(false) is { } info)
        {
            try
            {
                return await _cache.LeaseAsync(info, target => FetchAsync(info, target), cancellation)
                    .ConfigureAwait(false);
            }
            catch (TarnException replaced) when (replaced.Code == "PreconditionFailed")
            {
                // Another version by now: look again.
            }
        }

        return null;
    }

    /// <summary>The bytes of exactly that version; fails with PreconditionFailed when it is there no more.</summary>
    private async Task FetchAsync(ObjectInfo info, Stream target)
    {
        var name = _service.Names.Of(info.Key);
        using var found = await GetAsync(info.Key, name, null, info.ETag, CancellationToken.None).ConfigureAwait(false)
            ?? throw ObjectErrors.PreconditionFailed(info.Key, "it was deleted meanwhile");
        var body = Body(info.Key, name, 0, info.Size, found);
        await using (body.ConfigureAwait(false))
        {
            await body.CopyToAsync(target, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<ObjectContent> ContentAsync(
        ObjectKey key, string name, ByteRange? range, GetObjectResponse found, CancellationToken cancellation)
    {
        var length = found.Headers.ContentLength;
        var (start, size) = (0L, length);
        if (range is not null)
        {
            // bytes 7-9/10
            var parts = found.ContentRange?.Split(' ', '-', '/');
            if (parts is not { Length: 4 })
                throw new TarnException(
                    ErrorKind.Unavailable, $"the storage answered without the range of {key} that was asked for");
            start = long.Parse(parts[1], CultureInfo.InvariantCulture);
            size = long.Parse(parts[3], CultureInfo.InvariantCulture);
        }

        var tags = await TagsAsync(key, name, found.TagCount, cancellation).ConfigureAwait(false);
        var info = new ObjectInfo(
            key,
            size,
            found.ETag.Trim('"'),
            RemoteTime.Of(found.LastModified),
            RemoteAttributes.Read(found.Headers, found.ExpiresString, found.Metadata) with { Tags = tags })
        {
            Checksum = RemoteAttributes.Checksum(found.Metadata),
        };
        info = await _parts.DescribeAsync(info, RemoteAttributes.Upload(found.Metadata), cancellation)
            .ConfigureAwait(false);
        return new ObjectContent(info, start, length, Body(key, name, start, length, found));
    }

    private ResumingBody Body(ObjectKey key, string name, long start, long length, GetObjectResponse found) => new(
        found.ResponseStream,
        length,
        async (position, stop) =>
        {
            var rest = new ByteRange(start + position, start + length - 1);
            var again = await GetAsync(key, name, rest, found.ETag.Trim('"'), stop).ConfigureAwait(false);
            return again?.ResponseStream ?? throw ObjectErrors.PreconditionFailed(key, "it was deleted meanwhile");
        },
        failure => _service.Broken(failure, $"reading {key}"));

    private async Task<GetObjectResponse?> GetAsync(
        ObjectKey key, string name, ByteRange? range, string? etag, CancellationToken cancellation)
    {
        var request = new GetObjectRequest
        {
            BucketName = _service.Bucket,
            Key = name,
            EtagToMatch = etag is null ? null : $"\"{etag}\"",
            ByteRange = range is { } asked ? new Amazon.S3.Model.ByteRange(Header(asked)) : null,
        };
        return await _service.FindAsync(
            $"reading {key}",
            async (s3, stop) =>
            {
                try
                {
                    return await s3.GetObjectAsync(request, stop).ConfigureAwait(false);
                }
                catch (AmazonS3Exception failure) when (
                    failure.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    throw new TarnException(
                        ErrorKind.Invalid, $"range lies outside {key}", failure.Message, null, failure)
                    {
                        Code = "InvalidRange",
                    };
                }
            },
            cancellation).ConfigureAwait(false);
    }

    private async Task<IReadOnlyDictionary<string, string>> TagsAsync(
        ObjectKey key, string name, int? count, CancellationToken cancellation)
    {
        if (count is not > 0 && await _service.Abilities.CountsTagsAsync(cancellation).ConfigureAwait(false))
        {
            return ObjectAttributes.None.Tags;
        }

        var found = await _service.FindAsync(
            $"reading tags of {key}",
            (s3, stop) => s3.GetObjectTaggingAsync(
                new GetObjectTaggingRequest { BucketName = _service.Bucket, Key = name }, stop),
            cancellation).ConfigureAwait(false);
        return RemoteAttributes.Tags(found?.Tagging);
    }

    /// <summary>HTTP would ignore such a range and send everything.</summary>
    private static bool IsEmpty(ByteRange range) =>
        range.First is null ? range.Last is null or <= 0 : range.First < 0 || range.First > range.Last;

    private static string Header(ByteRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes={range.First}-{range.Last}");
}
