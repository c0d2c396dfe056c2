using System.Globalization;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html</summary>
internal sealed class GetObjectAttributes(VersionedObjects objects) : IS3Operation
{
    private const string Asked = "x-amz-object-attributes";
    private const string PartsMaxHeader = "x-amz-max-parts";
    private const string MarkerHeader = "x-amz-part-number-marker";

    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public string Name => "GetObjectAttributes";

    public string? Action => "s3:GetObjectAttributes";

    public IReadOnlyList<string> Parameters => [VersionIds.Parameter];

    public IReadOnlyList<string> Headers => [Asked, PartsMaxHeader, MarkerHeader];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var asked = call.Header(Asked)!
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);
        if (asked.Count == 0 || !asked.IsSubsetOf(Known))
        {
            throw S3Errors.InvalidArgument($"Invalid attribute name specified: '{call.Header(Asked)}'");
        }

        var info = await objects.FindAsync(call, cancellation);
        VersionIds.Write(call, info.VersionId);
        call.Response.Headers.LastModified = info.LastModified.ToString("r", CultureInfo.InvariantCulture);
        using var answer = new XmlAnswer("GetObjectAttributesResponse", S3Call.Namespace);
        answer.Text("ETag", asked.Contains("ETag") ? info.ETag : null);
        if (asked.Contains("Checksum") && info.Checksum is not null)
        {
            answer.Open("Checksum");
            ChecksumNames.Write(answer, info.Checksum);
            answer.Close();
        }

        if (asked.Contains("ObjectParts") && info.Parts.Count > 0)
        {
            WriteParts(call, answer, info);
        }

        answer.Text("StorageClass", asked.Contains("StorageClass") ? "STANDARD" : null);
        if (asked.Contains("ObjectSize"))
        {
            answer.Number("ObjectSize", info.Size);
        }

        await call.SendAsync(answer);
    }

    /// <summary>Parts are counted from 1, as <see cref="Selection"/> does.</summary>
    private static void WriteParts(S3Call call, XmlAnswer answer, ObjectInfo info)
    {
        var marker = S3Numbers.Read(call.Header(MarkerHeader), MarkerHeader, 0);
        var max = Math.Min(S3Numbers.Read(call.Header(PartsMaxHeader), PartsMaxHeader, 1000), 1000);
        var shown = info.Parts.Skip(marker).Take(max).ToList();
        var next = marker + shown.Count;
        answer.Open("ObjectParts")
            .Number("PartsCount", info.Parts.Count)
            .Number("PartNumberMarker", marker)
            .Number("NextPartNumberMarker", next)
            .Number("MaxParts", max)
            .Flag("IsTruncated", max > 0 && next < info.Parts.Count);
        for (var i = 0; i < shown.Count; i++)
        {
            answer.Open("Part").Number("PartNumber", marker + i + 1).Number("Size", shown[i].Size);
            if (info.Checksum is { } checksum)
            {
                answer.Text(ChecksumNames.Element(checksum.Algorithm), shown[i].Checksum);
            }

            answer.Close();
        }

        answer.Close();
    }
}
