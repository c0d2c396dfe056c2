using System.Globalization;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>The answer headers that GetObject and HeadObject share.</summary>
internal static class ObjectHeaders
{
    private const string Checksum = "x-amz-checksum-";

    /// <summary>Query parameters that replace an answer header, by AWS's names.</summary>
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-cache-control", "cache-control"),
        ("response-content-disposition", "content-disposition"),
        ("response-content-encoding", "content-encoding"),
        ("response-content-language", "content-language"),
        ("response-content-type", "content-type"),
        ("response-expires", "expires"),
    ];

    public static readonly IReadOnlyList<string> Parameters = [.. Overrides.Select(row => row.Parameter)];

    /// <param name="whole">The answer carries all of the object; only then is a stored checksum told.</param>
    public static void Write(S3Call call, ObjectInfo info, bool whole)
    {
        var headers = call.Response.Headers;
        headers.AcceptRanges = "bytes";
        headers.LastModified = info.LastModified.ToString("r", CultureInfo.InvariantCulture);
        headers.ETag = $"\"{info.ETag}\"";
        headers.ContentType = info.Attributes.ContentType;
        var tellChecksum = whole && call.Header("x-amz-checksum-mode") == "ENABLED";
        foreach (var (name, value) in info.Attributes.Headers)
        {
            var isChecksum = name.StartsWith(Checksum, StringComparison.Ordinal);
            if (isChecksum && tellChecksum)
            {
                headers["x-amz-checksum-type"] = "FULL_OBJECT";
            }

            if (!isChecksum || tellChecksum)
            {
                headers[name] = value;
            }
        }

        foreach (var (name, value) in info.Attributes.Metadata)
        {
            headers["x-amz-meta-" + name] = value;
        }

        foreach (var (parameter, header) in Overrides)
        {
            if (call.Parameter(parameter) is { } value)
            {
                headers[header] = value;
            }
        }
    }
}
