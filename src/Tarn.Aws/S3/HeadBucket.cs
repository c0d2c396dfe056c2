using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html</summary>
internal sealed class HeadBucket(IObjectStore objects, LakeIdentity lake) : IS3Operation
{
    public string Name => "HeadBucket";

    public string? Action => "s3:ListBucket";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        call.Response.Headers["x-amz-bucket-region"] = lake.Region;
        call.Response.Headers["x-amz-access-point-alias"] = "false";
        call.Send(200);
    }
}
