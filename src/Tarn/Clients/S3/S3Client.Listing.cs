using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Tarn.Clients.S3;

internal sealed partial class S3Client
{
    public async Task<IReadOnlyList<S3Bucket>> ListBucketsAsync(CancellationToken cancellation)
    {
        var answer = await ReadXmlAsync(new S3Request(HttpMethod.Get, "", ""), cancellation);
        return [.. answer.Descendants(Xml + "Bucket").Select(row =>
            new S3Bucket(Text(row, "Name"), Time(row, "CreationDate")))];
    }

    /// <summary>Objects whose key begins with the location's, a page at a time, in order of their keys.</summary>
    /// <param name="isRecursive">False: keys with a further slash are gathered into folders.</param>
    public async IAsyncEnumerable<S3Page> ListAsync(
        S3Location location, bool isRecursive, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? token = null;
        do
        {
            var query = new Dictionary<string, string>
            {
                ["list-type"] = "2",
                ["prefix"] = location.Key,
                // XML cannot hold every character that a key can.
                ["encoding-type"] = "url",
            };
            if (!isRecursive)
            {
                query["delimiter"] = "/";
            }

            if (token is not null)
            {
                query["continuation-token"] = token;
            }

            var answer = await ReadXmlAsync(
                new S3Request(HttpMethod.Get, location.Bucket, "") { Query = query }, cancellation);
            yield return Page(answer);
            token = answer.Element(Xml + "NextContinuationToken")?.Value;
        }
        while (token is not null);
    }

    private static S3Page Page(XElement answer) => new(
        [.. answer.Elements(Xml + "Contents").Select(row => new S3Object(
            Uri.UnescapeDataString(Text(row, "Key")),
            long.Parse(Text(row, "Size"), CultureInfo.InvariantCulture),
            Time(row, "LastModified"),
            Text(row, "ETag").Trim('"')))],
        [.. answer.Elements(Xml + "CommonPrefixes").Select(row => Uri.UnescapeDataString(Text(row, "Prefix")))]);
}
