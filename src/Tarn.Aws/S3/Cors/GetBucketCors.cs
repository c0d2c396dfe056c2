using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Cors;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html</summary>
internal sealed class GetBucketCors(IObjectStore objects, IBucketSettings settings) : IS3Operation
{
    public string Name => "GetBucketCors";

    public string? Action => "s3:GetBucketCORS";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var document = settings.Find(call.Address.Bucket, BucketSetting.Cors)
            ?? throw new AwsException(
                "NoSuchCORSConfiguration", 404, "The CORS configuration does not exist");
        using var answer = CorsDocument.Write(CorsConfiguration.Read(document));
        await call.SendAsync(answer);
    }
}
