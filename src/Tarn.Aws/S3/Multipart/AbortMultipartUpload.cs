using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html</summary>
internal sealed class AbortMultipartUpload(IMultipartUploads uploads) : IS3Operation
{
    public string Name => "AbortMultipartUpload";

    public string? Action => "s3:AbortMultipartUpload";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var upload = await UploadRef.FindAsync(call, uploads, cancellation);
        await uploads.AbortAsync(call.Object, upload.UploadId, cancellation);
        call.Send(204);
    }
}
