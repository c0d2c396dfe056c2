using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html. Deleting what is not there succeeds.
/// </summary>
internal sealed class DeleteObject(IObjectStore objects) : IS3Operation
{
    public string Name => "DeleteObject";

    public string? Action => "s3:DeleteObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        if (call.Header("If-Match") is not null)
        {
            throw new Protocol.AwsException(
                "NotImplemented", 501, "tarn does not support header 'If-Match' of s3 DeleteObject");
        }

        if (!await objects.DeleteAsync(call.Object, cancellation))
        {
            await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        }

        call.Send(204);
    }
}
