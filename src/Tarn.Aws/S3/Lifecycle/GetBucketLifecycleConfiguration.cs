using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3.Lifecycle;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html</summary>
internal sealed class GetBucketLifecycleConfiguration(IObjectStore objects, IBucketLifecycle lifecycle) : IS3Operation
{
    public string Name => "GetBucketLifecycleConfiguration";

    public string? Action => "s3:GetLifecycleConfiguration";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var rules = lifecycle.Find(call.Address.Bucket)
            ?? throw new AwsException(
                "NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist");
        call.Response.Headers[PutBucketLifecycleConfiguration.MinimumHeader] =
            PutBucketLifecycleConfiguration.MinimumDefault;
        using var answer = LifecycleDocument.Write(rules);
        await call.SendAsync(answer);
    }
}
