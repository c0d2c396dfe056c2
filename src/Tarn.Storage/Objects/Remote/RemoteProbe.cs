using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

/// <summary>Finds the <see cref="RemoteAbilities"/> of a service by writing an object of Tarn's own to it.</summary>
internal sealed class RemoteProbe(RemoteService service, CancellationToken cancellation)
{
    private const string Doing = "looking what the storage honours";

    private readonly string _name = service.Names.Probe;

    public async Task<RemoteAbilities> RunAsync()
    {
        await PutAsync(ifNoneMatch: null, tags: []).ConfigureAwait(false);
        var conditional = new HashSet<RemoteWrite>();
        if (await IsRefusedAsync(() => PutAsync(ifNoneMatch: "*", tags: [])).ConfigureAwait(false))
            conditional.Add(RemoteWrite.Put);
        if (await IsRefusedAsync(CopyAsync).ConfigureAwait(false))
            conditional.Add(RemoteWrite.Copy);
        if (await IsRefusedAsync(CompleteAsync).ConfigureAwait(false))
            conditional.Add(RemoteWrite.Completion);
        return new RemoteAbilities(conditional, await CountsTagsAsync().ConfigureAwait(false));
    }

    private static async Task<bool> IsRefusedAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return false;
        }
        catch (TarnException refused) when (refused.Code == "PreconditionFailed")
        {
            return true;
        }
        catch (TarnException refused) when (refused.Kind is ErrorKind.Unsupported or ErrorKind.Invalid)
        {
            return false;
        }
    }

    private Task<PutObjectResponse> PutAsync(string? ifNoneMatch, List<Tag> tags) => service.CallAsync(
        "writing to the storage",
        (s3, stop) => s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = service.Bucket,
                Key = _name,
                ContentBody = "",
                IfNoneMatch = ifNoneMatch,
                TagSet = tags.Count == 0 ? null : tags,
            },
            stop),
        cancellation);

    private Task CopyAsync() => service.CallAsync(
        Doing,
        (s3, stop) => s3.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = service.Bucket,
                SourceKey = _name,
                DestinationBucket = service.Bucket,
                DestinationKey = _name,
                MetadataDirective = S3MetadataDirective.REPLACE,
                IfNoneMatch = "*",
            },
            stop),
        cancellation);

    private async Task CompleteAsync()
    {
        var upload = await service.CallAsync(
            Doing, (s3, stop) => s3.InitiateMultipartUploadAsync(service.Bucket, _name, stop), cancellation)
            .ConfigureAwait(false);
        try
        {
            var part = await service.CallAsync(
                Doing,
                (s3, stop) => s3.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = service.Bucket,
                        Key = _name,
                        UploadId = upload.UploadId,
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
                        UploadId = upload.UploadId,
                        PartETags = [new PartETag(1, part.ETag)],
                        IfNoneMatch = "*",
                    },
                    stop),
                cancellation).ConfigureAwait(false);
        }
        catch (TarnException)
        {
            await service.CallAsync(
                Doing, (s3, stop) => s3.AbortMultipartUploadAsync(service.Bucket, _name, upload.UploadId, stop),
                cancellation).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<bool> CountsTagsAsync()
    {
        try
        {
            await PutAsync(ifNoneMatch: null, [new Tag { Key = "probe", Value = "1" }]).ConfigureAwait(false);
        }
        catch (TarnException refused) when (refused.Kind is ErrorKind.Unsupported or ErrorKind.Invalid)
        {
            // Where there are no tags none have to be asked for.
            return true;
        }

        var found = await service.CallAsync(
            "looking whether the storage counts tags",
            (s3, stop) => s3.GetObjectMetadataAsync(service.Bucket, _name, stop), cancellation).ConfigureAwait(false);
        return found.TagsCount == 1;
    }
}
