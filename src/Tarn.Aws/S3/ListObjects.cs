using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html, the first version.</summary>
internal sealed class ListObjects(IObjectStore objects, LakeIdentity lake) : IS3Operation
{
    public string Name => "ListObjects";

    public string? Action => "s3:ListBucket";

    public IReadOnlyList<string> Parameters => [.. ListingRequest.Parameters, "marker"];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var request = ListingRequest.Parse(call);
        var marker = call.Parameter("marker") ?? "";
        var after = marker.Length == 0 ? null : marker;
        var page = await request.ReadAsync(objects, call.Address.Bucket, after, cancellation);

        using var answer = new XmlAnswer("ListBucketResult", S3Call.Namespace);
        answer.Flag("IsTruncated", page.NextAfter is not null)
            .Text("Marker", request.Encode(marker))
            .Text("NextMarker", request.Delimiter is null ? null : request.Encode(page.NextAfter));
        ListingAnswer.WriteObjects(answer, page, request, lake);
        answer.Text("Name", call.Address.Bucket)
            .Text("Prefix", request.Encode(request.Prefix))
            .Text("Delimiter", request.Encode(request.Delimiter))
            .Number("MaxKeys", request.KeysMax);
        ListingAnswer.WritePrefixes(answer, page.CommonPrefixes, request);
        answer.Text("EncodingType", request.EncodesUrl ? "url" : null);
        await call.SendAsync(answer);
    }
}
