using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Tries the <see cref="RemoteAbilities"/> of a service with an object of Tarn's own. A condition is honoured when the
/// write fails that must fail and the one passes that must pass.
/// </summary>
internal sealed class RemoteProbe(RemoteService service, CancellationToken cancellation)
{
    private const string Doing = "looking what the storage honours";
    private const string OtherETag = "\"00000000000000000000000000000000\"";

    private readonly string _name = service.Names.Probe;

    /// <summary>Makes the object that the others need; fails when nothing can be written there.</summary>
    public Task WriteAsync() => PutAsync(new Condition(), tags: []);

    /// <summary>The write fails with If-None-Match where an object is.</summary>
    public async Task<bool> HonoursIfAbsentAsync(RemoteWrite write) =>
        await PassesAsync(write, new Condition(IfNoneMatch: "*")).ConfigureAwait(false) == false;

    /// <summary>The write fails with If-Match for another object and passes for the same.</summary>
    public async Task<bool> HonoursIfMatchAsync(RemoteWrite write) =>
        await PassesAsync(write, new Condition(IfMatch: OtherETag)).ConfigureAwait(false) == false
        && await PassesAsync(write, new Condition((await HeadAsync().ConfigureAwait(false)).ETag))
            .ConfigureAwait(false) == true;

    public async Task<bool> CountsTagsAsync()
    {
        try
        {
            await PutAsync(new Condition(), [new Tag { Key = "probe", Value = "1" }]).ConfigureAwait(false);
        }
        catch (TarnException refused) when (refused.Kind is ErrorKind.Unsupported or ErrorKind.Invalid)
        {
            // Where there are no tags none have to be asked for.
            return true;
        }

        return (await HeadAsync().ConfigureAwait(false)).TagsCount == 1;
    }

    /// <summary>False: the condition does not hold; null: the service does not know it.</summary>
    private async Task<bool?> PassesAsync(RemoteWrite write, Condition condition)
    {
        try
        {
            await (write switch
            {
                RemoteWrite.Put => PutAsync(condition, tags: []),
                RemoteWrite.Copy => CopyAsync(condition),
                _ => CompleteAsync(condition),
            }).ConfigureAwait(false);
            return true;
        }
        catch (TarnException refused) when (refused.Code == "PreconditionFailed")
        {
            return false;
        }
        catch (TarnException refused) when (refused.Kind is ErrorKind.Unsupported or ErrorKind.Invalid)
        {
            return null;
        }
    }

    private async Task PutAsync(Condition condition, List<Tag> tags) => await service.CallAsync(
        "writing to the storage",
        (s3, stop) => s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = service.Bucket,
                Key = _name,
                ContentBody = "",
                IfMatch = condition.IfMatch,
                IfNoneMatch = condition.IfNoneMatch,
                TagSet = tags.Count == 0 ? null : tags,
            },
            stop),
        cancellation).ConfigureAwait(false);

    private async Task CopyAsync(Condition condition) => await service.CallAsync(
        Doing,
        (s3, stop) => s3.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = service.Bucket,
                SourceKey = _name,
                DestinationBucket = service.Bucket,
                DestinationKey = _name,
                MetadataDirective = S3MetadataDirective.REPLACE,
                IfMatch = condition.IfMatch,
                IfNoneMatch = condition.IfNoneMatch,
            },
            stop),
        cancellation).ConfigureAwait(false);

    private async Task CompleteAsync(Condition condition)
    {
        var upload = await service.CallAsync(
            Doing, (s3, stop) => s3.InitiateMultipartUploadAsync(service.Bucket, _name, stop), cancellation)
            .ConfigureAwait(false);
        try
        {
            await CompleteAsync(upload.UploadId, condition).ConfigureAwait(false);
        }
        catch (TarnException)
        {
            await service.CallAsync(
                Doing, (s3, stop) => s3.AbortMultipartUploadAsync(service.Bucket, _name, upload.UploadId, stop),
                cancellation).ConfigureAwait(false);
            throw;
        }
    }

    private async Task CompleteAsync(string uploadId, Condition condition)
    {
        var part = await service.CallAsync(
            Doing,
            (s3, stop) => s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = service.Bucket,
                    Key = _name,
                    UploadId = uploadId,
                    PartNumber = 1,
                    InputStream = new MemoryStream([0]),
                },
                stop),
            cancellation).ConfigureAwait(false);
        await service.CallAsync(
            Doing,
            (s3, stop) => s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = service.Bucket,
                    Key = _name,
                    UploadId = uploadId,
                    PartETags = [new PartETag(1, part.ETag)],
                    IfMatch = condition.IfMatch,
                    IfNoneMatch = condition.IfNoneMatch,
                },
                stop),
            cancellation).ConfigureAwait(false);
    }

    private Task<GetObjectMetadataResponse> HeadAsync() => service.CallAsync(
        Doing, (s3, stop) => s3.GetObjectMetadataAsync(service.Bucket, _name, stop), cancellation);

    private sealed record Condition(string? IfMatch = null, string? IfNoneMatch = null);
}
