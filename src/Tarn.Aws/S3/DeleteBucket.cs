using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html</summary>
internal sealed class DeleteBucket(IObjectStore objects) : IS3Operation
{
    public string Name => "DeleteBucket";

    public string? Action => "s3:DeleteBucket";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await objects.DeleteBucketAsync(call.Address.Bucket, cancellation);
        call.Send(204);
    }
}
