using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3.Forms;

/// <summary>Which fields of a form stand for which headers of PutObject.</summary>
internal static class FormHeaders
{
    private static readonly Dictionary<string, string> ByField = new(StringComparer.OrdinalIgnoreCase)
    {
        ["acl"] = "x-amz-acl",
        ["Cache-Control"] = "Cache-Control",
        ["Content-Disposition"] = "Content-Disposition",
        ["Content-Encoding"] = "Content-Encoding",
        ["Content-Language"] = "Content-Language",
        ["Content-MD5"] = "Content-MD5",
        ["Content-Type"] = "Content-Type",
        ["Expires"] = "Expires",
        ["x-amz-storage-class"] = "x-amz-storage-class",
    };

    /// <summary>Fields about the form itself.</summary>
    private static readonly HashSet<string> OwnFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature", "x-amz-sdk-checksum-algorithm",
    };

    /// <summary>A form says what it has to say in its fields; headers that mean something to S3 are refused.</summary>
    public static void RefuseSent(IHeaderDictionary headers, string operation)
    {
        var refused = headers.Keys.FirstOrDefault(name =>
            (IsAmazon(name) && !NoEffect.RestHeaders.ContainsKey(name.ToLowerInvariant()))
            || name.Equals("Content-MD5", StringComparison.OrdinalIgnoreCase));
        if (refused is not null)
        {
            throw new AwsException(
                "NotImplemented",
                501,
                $"tarn does not support header '{refused.ToLowerInvariant()}' of s3 {operation}: a form has fields")
            {
                Elements = [new("Header", refused.ToLowerInvariant())],
            };
        }
    }

    /// <summary>Makes the request's headers about the object those that the form states, and no others.</summary>
    public static void Move(IReadOnlyDictionary<string, string> fields, HttpRequest request)
    {
        var headers = request.Headers;
        foreach (var name in headers.Keys.Where(IsAboutTheRequest).ToList())
        {
            headers.Remove(name);
        }

        foreach (var (name, value) in fields)
        {
            if (HeaderOf(name) is { } header)
            {
                HeaderText.Check(name, value);
                headers[header] = value;
            }
            else if (IsAmazon(name) && !OwnFields.Contains(name))
            {
                throw new AwsException("NotImplemented", 501, $"tarn does not support field '{name}' of a POST form")
                {
                    Elements = [new("Field", name)],
                };
            }
        }
    }

    private static string? HeaderOf(string field) =>
        field.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)
            || field.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)
                ? field
                : ByField.GetValueOrDefault(field);

    private static bool IsAboutTheRequest(string header) =>
        IsAmazon(header)
        || header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || ByField.ContainsKey(header);

    private static bool IsAmazon(string name) => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase);
}
