using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html</summary>
internal sealed class ListMultipartUploads(IObjectStore objects, IMultipartUploads uploads, LakeIdentity lake)
    : IS3Operation
{
    private const int PageMax = 1000;

    public string Name => "ListMultipartUploads";

    public string? Action => "s3:ListBucketMultipartUploads";

    public IReadOnlyList<string> Parameters =>
        ["delimiter", "encoding-type", "key-marker", "max-uploads", "prefix", "upload-id-marker"];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var max = Math.Min(S3Numbers.Read(call.Parameter("max-uploads"), "max-uploads", PageMax), PageMax);
        var encodes = ListingRequest.ReadsEncoding(call);
        var keyMarker = call.Parameter("key-marker") ?? "";
        var idMarker = keyMarker.Length == 0 ? "" : call.Parameter("upload-id-marker") ?? "";
        var prefix = call.Parameter("prefix") ?? "";
        var delimiter = call.Parameter("delimiter") ?? "";
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var listing = new ObjectListing
        {
            Prefix = prefix,
            Delimiter = delimiter.Length == 0 ? null : delimiter,
            After = keyMarker.Length == 0 ? null : keyMarker,
            EntriesMax = Math.Max(max, 1),
        };
        var page = max == 0
            ? new UploadPage([], [], null, null)
            : await uploads.ListAsync(
                call.Address.Bucket, listing, idMarker.Length == 0 ? null : idMarker, cancellation);

        using var answer = new XmlAnswer("ListMultipartUploadsResult", S3Call.Namespace);
        answer.Text("Bucket", call.Address.Bucket)
            .Text("KeyMarker", Encode(keyMarker))
            .Text("UploadIdMarker", idMarker)
            .Text("NextKeyMarker", Encode(page.NextAfter ?? ""))
            .Text("NextUploadIdMarker", page.NextAfterUploadId ?? "")
            .Text("Delimiter", delimiter.Length == 0 ? null : Encode(delimiter))
            .Text("Prefix", Encode(prefix))
            .Number("MaxUploads", max)
            .Text("EncodingType", encodes ? "url" : null)
            .Flag("IsTruncated", page.NextAfter is not null);
        foreach (var upload in page.Uploads)
        {
            answer.Open("Upload").Text("Key", Encode(upload.Key.Key)).Text("UploadId", upload.UploadId);
            UploadAnswer.WriteOwners(answer, lake);
            answer.Text("StorageClass", "STANDARD").Time("Initiated", upload.Initiated);
            UploadAnswer.WriteChecksum(answer, upload);
            answer.Close();
        }

        foreach (var common in page.CommonPrefixes)
        {
            answer.Open("CommonPrefixes").Text("Prefix", Encode(common)).Close();
        }

        await call.SendAsync(answer);

        string Encode(string text) => encodes ? UriEncoding.Encode(text, keepSlash: true) : text;
    }
}
