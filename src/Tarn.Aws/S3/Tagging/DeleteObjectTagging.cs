using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Tagging;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html</summary>
internal sealed class DeleteObjectTagging(IObjectStore objects) : IS3Operation
{
    public string Name => "DeleteObjectTagging";

    public string? Action => "s3:DeleteObjectTagging";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        _ = await objects.SetTagsAsync(call.Object, ObjectAttributes.None.Tags, cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, call.Object, cancellation);
        call.Send(204);
    }
}
