using Tarn.Aws.S3.Versions;

namespace Tarn.Aws.S3.Tagging;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html</summary>
internal sealed class GetObjectTagging(VersionedObjects objects) : IS3Operation
{
    public string Name => "GetObjectTagging";

    public string? Action => "s3:GetObjectTagging";

    public IReadOnlyList<string> Parameters => [VersionIds.Parameter];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var info = await objects.FindAsync(call, cancellation);
        VersionIds.Write(call, info.VersionId);
        using var answer = TagSet.Write(info.Attributes.Tags);
        await call.SendAsync(answer);
    }
}
