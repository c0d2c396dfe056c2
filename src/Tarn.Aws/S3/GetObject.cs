using Tarn.Aws.S3.Lifecycle;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html. The body streams from the store.
/// </summary>
internal sealed class GetObject(VersionedObjects objects, IBucketLifecycle lifecycle) : IS3Operation
{
    public string Name => "GetObject";

    public string? Action => "s3:GetObject";

    public IReadOnlyList<string> Parameters => ObjectHeaders.Parameters;

    public IReadOnlyList<string> Headers { get; } = ["x-amz-checksum-mode"];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        while (true)
        {
            var info = await objects.FindAsync(call, cancellation);
            Preconditions.Check(call, info);
            var selection = Selection.Of(call, info);
            await using var content = await objects.OpenAsync(call, selection.Range, cancellation);
            if (content.Info.ETag != info.ETag)
            {
                // Replaced between the two calls: what is sent must be what the conditions were asked of.
                continue;
            }

            ObjectHeaders.Write(call, content.Info, selection);
            ExpiryHeaders.Write(call, lifecycle, content.Info);
            await ContentSender.SendAsync(call.Response, content, cancellation);
            return;
        }
    }
}
