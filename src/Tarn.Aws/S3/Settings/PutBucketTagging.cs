using Tarn.Aws.S3.Tagging;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html: replaces all tags of the bucket.
/// </summary>
internal sealed class PutBucketTagging(IBucketSettings settings) : IS3Operation
{
    public string Name => "PutBucketTagging";

    public string? Action => "s3:PutBucketTagging";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var tags = TagSet.Parse(await S3Document.ReadAsync(call, "Tagging", cancellation), TagSet.BucketTagsMax);
        await settings.SetAsync(
            call.Address.Bucket, BucketSetting.Tagging, new BucketTags(tags).Write(), cancellation);
        call.Send(204);
    }
}
