using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html. Deleting what is not there succeeds.
/// Where a bucket keeps versions, a delete without a version makes a marker.
/// </summary>
internal sealed class DeleteObject(IObjectVersions versions) : IS3Operation
{
    public string Name => "DeleteObject";

    public string? Action => "s3:DeleteObject";

    public IReadOnlyList<string> Parameters => [VersionIds.Parameter];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        if (call.Header("If-Match") is not null)
        {
            throw new Protocol.AwsException(
                "NotImplemented", 501, "tarn does not support header 'If-Match' of s3 DeleteObject");
        }

        var deletion = await versions.DeleteAsync(call.Object, VersionIds.Read(call), cancellation);
        VersionIds.Write(call, deletion);
        call.Send(204);
    }
}
