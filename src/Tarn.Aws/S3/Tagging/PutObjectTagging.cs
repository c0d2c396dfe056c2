using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Tagging;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html: replaces all tags of the object.
/// </summary>
internal sealed class PutObjectTagging(IObjectStore objects) : IS3Operation
{
    public string Name => "PutObjectTagging";

    public string? Action => "s3:PutObjectTagging";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var tags = TagSet.Parse(await S3Document.ReadAsync(call, "Tagging", cancellation), TagSet.ObjectTagsMax);
        _ = await objects.SetTagsAsync(call.Object, tags, cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, call.Object, cancellation);
        call.Send(200);
    }
}
