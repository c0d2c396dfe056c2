using Tarn.Aws.S3.Versions;

namespace Tarn.Aws.S3.Tagging;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html: replaces all tags of the object.
/// </summary>
internal sealed class PutObjectTagging(VersionedObjects objects) : IS3Operation
{
    public string Name => "PutObjectTagging";

    public string? Action => "s3:PutObjectTagging";

    public IReadOnlyList<string> Parameters => [VersionIds.Parameter];

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var tags = TagSet.Parse(await S3Document.ReadAsync(call, "Tagging", cancellation), TagSet.ObjectTagsMax);
        var tagged = await objects.SetTagsAsync(call, tags, cancellation);
        VersionIds.Write(call, tagged.VersionId);
        call.Send(200);
    }
}
