using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Tagging;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html</summary>
internal sealed class DeleteObjectTagging(VersionedObjects objects) : IS3Operation
{
    public string Name => "DeleteObjectTagging";

    public string? Action => "s3:DeleteObjectTagging";

    public IReadOnlyList<string> Parameters => [VersionIds.Parameter];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var tagged = await objects.SetTagsAsync(call, ObjectAttributes.None.Tags, cancellation);
        VersionIds.Write(call, tagged.VersionId);
        call.Send(204);
    }
}
