using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Settings;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html</summary>
internal sealed class GetPublicAccessBlock(IObjectStore objects, IBucketSettings settings) : IS3Operation
{
    public string Name => "GetPublicAccessBlock";

    public string? Action => "s3:GetBucketPublicAccessBlock";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var document = settings.Find(call.Address.Bucket, BucketSetting.PublicAccessBlock)
            ?? throw new AwsException(
                "NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found");
        var blocked = BlockedPublicAccess.Read(document);
        using var answer = new XmlAnswer("PublicAccessBlockConfiguration", S3Call.Namespace);
        answer.Flag("BlockPublicAcls", blocked.BlockPublicAcls)
            .Flag("IgnorePublicAcls", blocked.IgnorePublicAcls)
            .Flag("BlockPublicPolicy", blocked.BlockPublicPolicy)
            .Flag("RestrictPublicBuckets", blocked.RestrictPublicBuckets);
        await call.SendAsync(answer);
    }
}
