using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Cors;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html</summary>
internal sealed class PutBucketCors(IBucketSettings settings) : IS3Operation
{
    public string Name => "PutBucketCors";

    public string? Action => "s3:PutBucketCORS";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var rules = CorsDocument.Parse(await S3Document.ReadAsync(call, "CORSConfiguration", cancellation));
        await settings.SetAsync(call.Address.Bucket, BucketSetting.Cors, rules.Write(), cancellation);
        call.Send(200);
    }
}
