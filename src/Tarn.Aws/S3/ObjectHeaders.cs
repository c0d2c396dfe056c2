using System.Globalization;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>The answer headers that GetObject and HeadObject share.</summary>
internal static class ObjectHeaders
{
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

    public static readonly IReadOnlyList<string> Parameters =
        [.. Overrides.Select(row => row.Parameter), Selection.PartNumber, VersionIds.Parameter];

    public static void Write(S3Call call, ObjectInfo info, Selection selection)
    {
        var headers = call.Response.Headers;
        headers.AcceptRanges = "bytes";
        headers.LastModified = info.LastModified.ToString("r", CultureInfo.InvariantCulture);
        headers.ETag = $"\"{info.ETag}\"";
        VersionIds.Write(call, info.VersionId);
        headers.ContentType = info.Attributes.ContentType;
        foreach (var (name, value) in info.Attributes.Headers)
        {
            headers[name] = value;
        }

        if (call.Header("x-amz-checksum-mode") == "ENABLED")
        {
            WriteChecksum(call, ChecksumOf(info, selection));
        }

        foreach (var (name, value) in info.Attributes.Metadata)
        {
            headers["x-amz-meta-" + name] = HeaderText.Metadata(value);
        }

        if (info.Attributes.Tags.Count > 0)
        {
            headers["x-amz-tagging-count"] = info.Attributes.Tags.Count.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (parameter, header) in Overrides)
        {
            if (call.Parameter(parameter) is { } value)
            {
                headers[header] = value;
            }
        }

        selection.Write(call, info);
    }

    /// <summary>The checksum and its type; nothing when there is none.</summary>
    public static void WriteChecksum(S3Call call, ObjectChecksum? checksum)
    {
        if (checksum is not null)
        {
            call.Response.Headers[ChecksumNames.Header(checksum.Algorithm)] = checksum.Value;
            call.Response.Headers["x-amz-checksum-type"] = ChecksumNames.Type(checksum.IsComposite);
        }
    }

    /// <summary>That of the bytes which are sent: a range has none, a part its own.</summary>
    private static ObjectChecksum? ChecksumOf(ObjectInfo info, Selection selection)
    {
        if (info.Checksum is not { } kept)
        {
            return null;
        }

        if (selection.Part is { } part)
        {
            return part.Checksum is { } value ? kept with { Value = value } : null;
        }

        return selection.Length == info.Size ? kept : null;
    }
}
