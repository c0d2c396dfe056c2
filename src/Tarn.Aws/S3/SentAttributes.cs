using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Aws.S3.Tagging;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// What the headers of PutObject, CreateMultipartUpload and CopyObject state about the object to be. A storage class
/// or an ACL that would promise something else than Tarn does is refused.
/// </summary>
internal static class SentAttributes
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const string Tagging = "x-amz-tagging";
    private const int MetadataBytesMax = 2048;

    private static readonly string[] StoredHeaders =
        ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];

    public static readonly IReadOnlyList<string> Headers =
        ["x-amz-acl", MetadataPrefix, "x-amz-storage-class", Tagging];

    public static ObjectAttributes Read(S3Call call)
    {
        S3Acl.Check(call);
        if (call.Header("x-amz-storage-class") is { } storageClass and not "STANDARD")
        {
            throw new AwsException(
                "InvalidStorageClass", 400, $"tarn keeps objects in STANDARD only, not in '{storageClass}'");
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in StoredHeaders)
        {
            var value = name == "content-encoding" ? WithoutChunked(call.Header(name)) : call.Header(name);
            if (!string.IsNullOrEmpty(value))
            {
                HeaderText.CheckSent(name, value);
                headers[name] = value;
            }
        }

        HeaderText.CheckSent("content-type", call.Request.ContentType ?? "");
        return new ObjectAttributes
        {
            ContentType = call.Request.ContentType is { Length: > 0 } type ? type : ObjectAttributes.None.ContentType,
            Headers = headers,
            Metadata = Metadata(call),
            Tags = Tags(call),
        };
    }

    private static IReadOnlyDictionary<string, string> Tags(S3Call call)
    {
        if (call.Header(Tagging) is not { Length: > 0 } text)
        {
            return ObjectAttributes.None.Tags;
        }

        call.Access.Require("s3:PutObjectTagging", call.Address.Bucket, call.Address.Key);
        return TagSet.ParseHeader(text);
    }

    private static Dictionary<string, string> Metadata(S3Call call)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var (name, value) in call.Request.Headers)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var key = name[MetadataPrefix.Length..].ToLowerInvariant();
                metadata[key] = value.ToString();
                bytes += key.Length + System.Text.Encoding.UTF8.GetByteCount(metadata[key]);
            }
        }

        return bytes <= MetadataBytesMax
            ? metadata
            : throw new AwsException(
                "MetadataTooLarge",
                400,
                "Your metadata headers exceed the maximum allowed metadata size of "
                + MetadataBytesMax.ToString(CultureInfo.InvariantCulture) + " bytes");
    }

    private static string? WithoutChunked(string? encoding) => encoding is null
        ? null
        : string.Join(',', encoding.Split(',', StringSplitOptions.TrimEntries).Where(part => part != "aws-chunked"));
}
