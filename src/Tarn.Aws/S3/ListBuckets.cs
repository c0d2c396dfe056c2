using System.Globalization;
using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</summary>
internal sealed class ListBuckets(IObjectStore objects, LakeIdentity lake) : IS3Operation
{
    private const int BucketsMax = 10_000;

    public string Name => "ListBuckets";

    public string? Action => "s3:ListAllMyBuckets";

    public IReadOnlyList<string> Parameters => ["max-buckets", "continuation-token", "prefix", "bucket-region"];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var max = BucketsMax;
        if (call.Parameter("max-buckets") is { } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out max)
                && max is >= 1 and <= BucketsMax))
        {
            throw S3Errors.InvalidArgument($"max-buckets must be 1 to {BucketsMax}, not '{text}'");
        }

        var prefix = call.Parameter("prefix") ?? "";
        var after = call.Parameter("continuation-token") is { } token ? ContinuationToken.Decode(token) : null;
        var region = call.Parameter("bucket-region");
        var found = (await objects.ListBucketsAsync(cancellation))
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(bucket => after is null || string.CompareOrdinal(bucket.Name, after) > 0)
            .Where(bucket => call.Access.Allows(Action!, bucket.Name, ""))
            .Where(_ => region is null || region == lake.Region)
            .ToList();

        using var answer = new XmlAnswer("ListAllMyBucketsResult", S3Call.Namespace);
        answer.Open("Owner").Text("ID", lake.AccountId).Text("DisplayName", lake.AccountId).Close();
        answer.Open("Buckets");
        foreach (var bucket in found.Take(max))
        {
            answer.Open("Bucket")
                .Text("Name", bucket.Name)
                .Time("CreationDate", bucket.CreatedAt)
                .Text("BucketRegion", lake.Region)
                .Close();
        }

        answer.Close();
        if (found.Count > max)
        {
            answer.Text("ContinuationToken", ContinuationToken.Encode(found[max - 1].Name));
        }

        answer.Text("Prefix", call.Parameter("prefix"));
        await call.SendAsync(answer);
    }
}
