using Tarn.Aws.S3.Lifecycle;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html</summary>
internal sealed class HeadObject(VersionedObjects objects, IBucketLifecycle lifecycle) : IS3Operation
{
    public string Name => "HeadObject";

    public string? Action => "s3:GetObject";

    public IReadOnlyList<string> Parameters => ObjectHeaders.Parameters;

    public IReadOnlyList<string> Headers { get; } = ["x-amz-checksum-mode"];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var info = await objects.FindAsync(call, cancellation);
        Preconditions.Check(call, info);
        ObjectHeaders.Write(call, info, Selection.Of(call, info));
        ExpiryHeaders.Write(call, lifecycle, info);
    }
}
