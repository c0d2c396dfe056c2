using Tarn.Aws.Protocol;
using Tarn.Aws.S3.Settings;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;
using Tarn.Storage.Access.Policies;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Policies;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html. A policy is kept only when every word of
/// it is understood, and one that lets everybody in only where the bucket's public access block allows it.
/// </summary>
internal sealed class PutBucketPolicy(
    IObjectStore objects, IBucketSettings settings, IUsers users, LakeIdentity lake) : IS3Operation
{
    public string Name => "PutBucketPolicy";

    public string? Action => "s3:PutBucketPolicy";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public static AwsException NoPolicy() => new("NoSuchBucketPolicy", 404, "The bucket policy does not exist");

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var bucket = call.Address.Bucket;
        await S3Errors.RequireBucketAsync(objects, bucket, cancellation);
        var document = await S3Document.ReadTextAsync(call, cancellation);
        var policy = BucketPolicy.Parse(
            document, bucket, lake.AccountId, name => name == AccessKey.RootName || users.Find(name) is not null);
        var isBlocked = settings.Find(bucket, BucketSetting.PublicAccessBlock) is { } block
            && BlockedPublicAccess.Read(block).BlockPublicPolicy;
        if (policy.IsPublic && isBlocked)
        {
            throw new AwsException(
                "AccessDenied",
                403,
                "the policy lets everybody in, which BlockPublicPolicy of the bucket's public access block prevents");
        }

        await settings.SetAsync(bucket, BucketSetting.Policy, document, cancellation);
        call.Send(204);
    }
}
