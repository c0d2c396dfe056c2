using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html. BlockPublicPolicy holds for policies
/// that are put from now on, RestrictPublicBuckets at once for every anonymous request.
/// </summary>
internal sealed class PutPublicAccessBlock(IBucketSettings settings) : IS3Operation
{
    private static readonly string[] Flags =
        ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    public string Name => "PutPublicAccessBlock";

    public string? Action => "s3:PutBucketPublicAccessBlock";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var document = await S3Document.ReadAsync(call, "PublicAccessBlockConfiguration", cancellation);
        _ = S3Document.Children(document, Flags);
        var flags = Flags.Select(flag => S3Document.Flag(document, flag)).ToList();
        var blocked = new BlockedPublicAccess(flags[0], flags[1], flags[2], flags[3]);
        await settings.SetAsync(
            call.Address.Bucket, BucketSetting.PublicAccessBlock, blocked.Write(), cancellation);
        call.Send(200);
    }
}
