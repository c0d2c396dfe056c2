using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Tagging;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html</summary>
internal sealed class GetObjectTagging(IObjectStore objects) : IS3Operation
{
    public string Name => "GetObjectTagging";

    public string? Action => "s3:GetObjectTagging";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var info = await objects.FindAsync(call.Object, cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, call.Object, cancellation);
        using var answer = TagSet.Write(info.Attributes.Tags);
        await call.SendAsync(answer);
    }
}
