using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// What S3 services differ in without saying so, as seen when the store opens: a condition that a service would ignore
/// is refused here by name.
/// </summary>
/// <param name="HonoursPutConditions">A put with If-None-Match fails where an object is.</param>
/// <param name="HonoursCopyConditions">A copy does so too.</param>
/// <param name="CountsTags">HEAD says how many tags there are; else they are asked for each time.</param>
internal sealed record RemoteAbilities(bool HonoursPutConditions, bool HonoursCopyConditions, bool CountsTags)
{
    public static RemoteAbilities None { get; } = new(
        HonoursPutConditions: false, HonoursCopyConditions: false, CountsTags: false);

    /// <summary>Fails with Unsupported.</summary>
    public void Check(PutCondition? condition, bool isCopy)
    {
        if (condition is not null && !(isCopy ? HonoursCopyConditions : HonoursPutConditions))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"the storage does not honour If-Match and If-None-Match of {(isCopy ? "copies" : "puts")}",
                "it would overwrite what must not be overwritten")
            {
                Code = "NotImplemented",
            };
        }
    }

    public static async Task<RemoteAbilities> ProbeAsync(RemoteService service, CancellationToken cancellation)
    {
        var name = service.Names.Probe;
        await PutAsync(ifNoneMatch: null, tags: []).ConfigureAwait(false);
        var puts = await IsRefusedAsync(() => PutAsync(ifNoneMatch: "*", tags: [])).ConfigureAwait(false);
        var copies = await IsRefusedAsync(() => service.CallAsync(
            "looking whether the storage honours conditions of copies",
            (s3, stop) => s3.CopyObjectAsync(
                new CopyObjectRequest
                {
                    SourceBucket = service.Bucket,
                    SourceKey = name,
                    DestinationBucket = service.Bucket,
                    DestinationKey = name,
                    MetadataDirective = S3MetadataDirective.REPLACE,
                    IfNoneMatch = "*",
                },
                stop),
            cancellation)).ConfigureAwait(false);
        return new RemoteAbilities(puts, copies, await CountsAsync().ConfigureAwait(false));

        async Task<bool> CountsAsync()
        {
            try
            {
                await PutAsync(null, [new Tag { Key = "probe", Value = "1" }]).ConfigureAwait(false);
            }
            catch (TarnException refused) when (refused.Kind is ErrorKind.Unsupported or ErrorKind.Invalid)
            {
                // Where there are no tags none have to be asked for.
                return true;
            }

            var found = await service.CallAsync(
                "looking whether the storage counts tags",
                (s3, stop) => s3.GetObjectMetadataAsync(service.Bucket, name, stop), cancellation)
                .ConfigureAwait(false);
            return found.TagsCount == 1;
        }

        Task PutAsync(string? ifNoneMatch, List<Tag> tags) => service.CallAsync(
            "writing to the storage",
            (s3, stop) => s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = service.Bucket,
                    Key = name,
                    ContentBody = "",
                    IfNoneMatch = ifNoneMatch,
                    TagSet = tags.Count == 0 ? null : tags,
                },
                stop),
            cancellation);
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
}
