using System.Text;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Policies;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html: the document as it was put.
/// </summary>
internal sealed class GetBucketPolicy(IObjectStore objects, IBucketSettings settings) : IS3Operation
{
    public string Name => "GetBucketPolicy";

    public string? Action => "s3:GetBucketPolicy";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var document = settings.Find(call.Address.Bucket, BucketSetting.Policy) ?? throw PutBucketPolicy.NoPolicy();
        await call.Exchange.SendAsync(200, "application/json", Encoding.UTF8.GetBytes(document));
    }
}
