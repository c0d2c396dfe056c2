using System.Globalization;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Versions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html: a part from the bytes of another object.
/// </summary>
internal sealed class UploadPartCopy(
    VersionedObjects objects, IMultipartUploads uploads, LakeIdentity lake, TimeProvider time) : IS3Operation
{
    private const string RangeHeaderName = "x-amz-copy-source-range";

    private readonly LateAnswer _late = new(time);

    public string Name => "UploadPartCopy";

    public string? Action => "s3:PutObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [.. CopySource.Headers, RangeHeaderName];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var number = UploadRef.Part(call);
        var source = CopySource.Read(call, lake.AccountId);
        var upload = await UploadRef.FindAsync(call, uploads, cancellation);
        var found = await source.FindAsync(call, objects, cancellation);
        var range = call.Header(RangeHeaderName) is { } text ? Range(text, found) : null;
        SentBody.CheckCopied(range is null ? found.Size : range.Value.Last!.Value - range.Value.First!.Value + 1);
        await _late.SendAsync(call, CopyAsync(call, upload, number, source, found, range, cancellation), cancellation);
    }

    private async Task<XmlAnswer> CopyAsync(
        S3Call call,
        MultipartUpload upload,
        int number,
        CopySource source,
        ObjectInfo found,
        ByteRange? range,
        CancellationToken cancellation)
    {
        await using var content = await objects.OpenAsync(source.Key, source.VersionId, range, cancellation)
            ?? throw CopySource.Replaced(found);
        CopySource.CheckSame(found, content.Info);
        using var checksum = upload.Checksum is { } kept ? KeptChecksum.Of(content.Body, kept.Algorithm) : null;
        var attributes = new ObjectAttributes
        {
            Checksum = checksum is null ? null : checksum.Value,
            ContentLength = content.Length,
        };
        var part = await uploads.PutPartAsync(
            call.Object, upload.UploadId, number, checksum?.Body ?? content.Body, attributes, cancellation);
        CopySource.WriteVersion(call, found);
        var answer = new XmlAnswer("CopyPartResult", S3Call.Namespace);
        answer.Time("LastModified", part.LastModified).Text("ETag", $"\"{part.ETag}\"");
        if (part.Checksum is { } value)
        {
            answer.Text(ChecksumNames.Element(value.Algorithm), value.Value);
        }

        return answer;
    }

    /// <summary>Unlike the range of a GET, this one must be written out and lie within the source.</summary>
    private static ByteRange? Range(string text, ObjectInfo source)
    {
        if (RangeHeader.Parse(text) is not { First: { } first, Last: { } last } range)
        {
            throw S3Errors.InvalidArgument(
                $"The {RangeHeaderName} value must be of the form bytes=first-last where first and last are the "
                + "zero-based offsets of the first and last bytes to copy");
        }

        return last < source.Size && first <= last
            ? range
            : throw S3Errors.InvalidArgument(
                "Range specified is not valid for source object of size: "
                + source.Size.ToString(CultureInfo.InvariantCulture));
    }
}
