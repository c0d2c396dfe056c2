using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</summary>
internal sealed class ListObjectsV2(IObjectStore objects, LakeIdentity lake) : IS3Operation
{
    public string Name => "ListObjectsV2";

    public string? Action => "s3:ListBucket";

    public IReadOnlyList<string> Parameters =>
        [.. ListingRequest.Parameters, "continuation-token", "fetch-owner", "start-after"];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var request = ListingRequest.Parse(call);
        var token = call.Parameter("continuation-token");
        var after = token is not null ? ContinuationToken.Decode(token) : call.Parameter("start-after");
        var page = await request.ReadAsync(objects, call.Address.Bucket, after, cancellation);

        using var answer = new XmlAnswer("ListBucketResult", S3Call.Namespace);
        answer.Flag("IsTruncated", page.NextAfter is not null);
        ListingAnswer.WriteObjects(answer, page, request, call.Parameter("fetch-owner") == "true" ? lake : null);
        answer.Text("Name", call.Address.Bucket)
            .Text("Prefix", request.Encode(request.Prefix))
            .Text("Delimiter", request.Encode(request.Delimiter))
            .Number("MaxKeys", request.KeysMax);
        ListingAnswer.WritePrefixes(answer, page.CommonPrefixes, request);
        answer.Text("EncodingType", request.EncodesUrl ? "url" : null)
            .Number("KeyCount", page.Objects.Count + page.CommonPrefixes.Count)
            .Text("ContinuationToken", token)
            .Text("NextContinuationToken", page.NextAfter is { } next ? ContinuationToken.Encode(next) : null)
            .Text("StartAfter", request.Encode(call.Parameter("start-after")));
        await call.SendAsync(answer);
    }
}
