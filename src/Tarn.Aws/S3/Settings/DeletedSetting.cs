using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// An operation that removes a setting of a bucket; removing what was never set succeeds:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html
/// </summary>
internal sealed class DeletedSetting(string name, string action, BucketSetting setting, IBucketSettings settings)
    : IS3Operation
{
    public string Name => name;

    public string? Action => action;

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await settings.SetAsync(call.Address.Bucket, setting, document: null, cancellation);
        call.Send(204);
    }
}
