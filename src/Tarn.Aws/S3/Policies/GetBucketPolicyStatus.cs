using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access.Policies;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Policies;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html</summary>
internal sealed class GetBucketPolicyStatus(IObjectStore objects, IBucketSettings settings, LakeIdentity lake)
    : IS3Operation
{
    public string Name => "GetBucketPolicyStatus";

    public string? Action => "s3:GetBucketPolicyStatus";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var bucket = call.Address.Bucket;
        await S3Errors.RequireBucketAsync(objects, bucket, cancellation);
        var document = settings.Find(bucket, BucketSetting.Policy) ?? throw PutBucketPolicy.NoPolicy();

        // A user that the policy names may be gone by now.
        var policy = BucketPolicy.Parse(document, bucket, lake.AccountId, isUser: _ => true);
        using var answer = new XmlAnswer("PolicyStatus", S3Call.Namespace);
        answer.Flag("IsPublic", policy.IsPublic);
        await call.SendAsync(answer);
    }
}
