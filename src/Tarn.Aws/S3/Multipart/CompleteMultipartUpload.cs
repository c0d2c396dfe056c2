using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Lifecycle;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html. Checksum headers are those of the
/// object, not of this request's body. A completion whose answer was lost may be repeated.
/// </summary>
internal sealed class CompleteMultipartUpload(
    IMultipartUploads uploads, IBucketLifecycle lifecycle, TimeProvider time) : IS3Operation
{
    private const string SizeHeader = "x-amz-mp-object-size";

    private readonly LateAnswer _late = new(time);

    public string Name => "CompleteMultipartUpload";

    public string? Action => "s3:PutObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => ["x-amz-checksum-", SizeHeader];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var condition = WriteConditions.Read(call, Name);
        var document = await S3Document.ReadPlainAsync(call, "CompleteMultipartUpload", cancellation);
        var upload = await uploads.FindAsync(call.Object, call.Parameter(UploadRef.Id)!, cancellation);
        var request = CompletionRequest.Read(call, document, upload);
        if (upload is not null && call.Header(SizeHeader) is { } size)
        {
            await CheckSizeAsync(call, request, size, cancellation);
        }

        await _late.SendAsync(call, CompleteAsync(call, request, condition, cancellation), cancellation);
    }

    private async Task<XmlAnswer> CompleteAsync(
        S3Call call, CompletionRequest request, PutCondition? condition, CancellationToken cancellation)
    {
        var made = await uploads.CompleteAsync(
            call.Object, call.Parameter(UploadRef.Id)!, request.Parts, request.Checksum, condition, cancellation);
        VersionIds.Write(call, made.VersionId);
        ExpiryHeaders.Write(call, lifecycle, made);
        var answer = new XmlAnswer("CompleteMultipartUploadResult", S3Call.Namespace);
        answer.Text("Location", $"{call.Request.Scheme}://{call.Request.Host}{call.Exchange.Signable.Path}")
            .Text("Bucket", call.Address.Bucket)
            .Text("Key", call.Address.Key)
            .Text("ETag", $"\"{made.ETag}\"");
        ChecksumNames.Write(answer, made.Checksum);
        return answer;
    }

    private async Task CheckSizeAsync(
        S3Call call, CompletionRequest request, string stated, CancellationToken cancellation)
    {
        var named = request.Parts.Select(part => part.Number).ToHashSet();
        var bytes = 0L;
        for (var after = 0; after < UploadRef.PartNumberMax;)
        {
            var parts = await uploads.ListPartsAsync(
                call.Object, call.Parameter(UploadRef.Id)!, after, 1000, cancellation);
            bytes += parts.Where(part => named.Contains(part.Number)).Sum(part => part.Size);
            after = parts.Count == 0 ? UploadRef.PartNumberMax : parts[^1].Number;
        }

        if (stated != bytes.ToString(CultureInfo.InvariantCulture))
        {
            throw new AwsException(
                "InvalidRequest", 400, $"The provided '{SizeHeader}' header value {stated} does not match what was "
                + $"computed: {bytes}");
        }
    }
}
