using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</summary>
internal sealed class UploadPart(IMultipartUploads uploads) : IS3Operation
{
    public string Name => "UploadPart";

    public string? Action => "s3:PutObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => SentBody.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var number = UploadRef.Part(call);
        var upload = await UploadRef.FindAsync(call, uploads, cancellation);
        await using var body = SentBody.Open(call);
        using var checksum = PartChecksum.Of(body, upload.Checksum);
        var attributes = new ObjectAttributes
        {
            Checksum = checksum is null ? null : checksum.Value,
            ContentLength = body.Length,
            ContentMd5 = call.Header("content-md5"),
        };
        var part = await uploads.PutPartAsync(
            call.Object, upload.UploadId, number, checksum?.Body ?? body.Stream, attributes, cancellation);
        call.Response.Headers.ETag = $"\"{part.ETag}\"";
        if (part.Checksum is { } kept)
        {
            call.Response.Headers[ChecksumNames.Header(kept.Algorithm)] = kept.Value;
        }

        call.Send(200);
    }
}
