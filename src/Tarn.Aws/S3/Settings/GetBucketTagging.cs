using Tarn.Aws.Protocol;
using Tarn.Aws.S3.Tagging;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Settings;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html</summary>
internal sealed class GetBucketTagging(IObjectStore objects, IBucketSettings settings) : IS3Operation
{
    public string Name => "GetBucketTagging";

    public string? Action => "s3:GetBucketTagging";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var document = settings.Find(call.Address.Bucket, BucketSetting.Tagging)
            ?? throw new AwsException("NoSuchTagSet", 404, "The TagSet does not exist");
        using var answer = TagSet.Write(BucketTags.Read(document).Tags);
        await call.SendAsync(answer);
    }
}
