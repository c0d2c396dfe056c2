using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html</summary>
internal sealed class ListParts(IMultipartUploads uploads, LakeIdentity lake) : IS3Operation
{
    private const int PageMax = 1000;

    public string Name => "ListParts";

    public string? Action => "s3:ListMultipartUploadParts";

    public IReadOnlyList<string> Parameters => ["max-parts", "part-number-marker"];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var max = Math.Min(S3Numbers.Read(call.Parameter("max-parts"), "max-parts", PageMax), PageMax);
        var marker = S3Numbers.Read(call.Parameter("part-number-marker"), "part-number-marker", 0);
        var upload = await UploadRef.FindAsync(call, uploads, cancellation);
        IReadOnlyList<UploadedPart> parts = max == 0
            ? []
            : await uploads.ListPartsAsync(call.Object, upload.UploadId, marker, max, cancellation);
        var isTruncated = parts.Count > 0 && parts.Count == max
            && (await uploads.ListPartsAsync(call.Object, upload.UploadId, parts[^1].Number, 1, cancellation))
                .Count > 0;

        using var answer = new XmlAnswer("ListPartsResult", S3Call.Namespace);
        answer.Text("Bucket", call.Address.Bucket)
            .Text("Key", call.Address.Key)
            .Text("UploadId", upload.UploadId)
            .Number("PartNumberMarker", marker)
            .Number("NextPartNumberMarker", parts.Count > 0 ? parts[^1].Number : 0)
            .Number("MaxParts", max)
            .Flag("IsTruncated", isTruncated);
        foreach (var part in parts)
        {
            answer.Open("Part")
                .Number("PartNumber", part.Number)
                .Time("LastModified", part.LastModified)
                .Text("ETag", $"\"{part.ETag}\"")
                .Number("Size", part.Size);
            if (part.Checksum is { } checksum)
            {
                answer.Text(ChecksumNames.Element(checksum.Algorithm), checksum.Value);
            }

            answer.Close();
        }

        UploadAnswer.WriteOwners(answer, lake);
        answer.Text("StorageClass", "STANDARD");
        UploadAnswer.WriteChecksum(answer, upload);
        await call.SendAsync(answer);
    }
}
