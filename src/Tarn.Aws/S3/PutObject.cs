using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html. The body streams into the store, which commits
/// it only when length, hashes, checksum and chunk signatures have proved right.
/// </summary>
internal sealed class PutObject(IObjectStore objects) : IS3Operation
{
    private const long BytesMax = 5L << 30;
    private const string MetadataPrefix = "x-amz-meta-";
    private const int MetadataBytesMax = 2048;

    private static readonly string[] StoredHeaders =
        ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];

    public string Name => "PutObject";

    public string? Action => "s3:PutObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers =>
    [
        "x-amz-acl", "x-amz-checksum-", "x-amz-trailer", "x-amz-decoded-content-length", MetadataPrefix,
        "x-amz-storage-class",
    ];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        S3Acl.Check(call);
        Refuse(call);
        await using var body = S3Body.Open(call);
        if (body.Length is null)
        {
            throw new AwsException("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
        }

        if (body.Length > BytesMax)
        {
            throw new AwsException(
                "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size of 5 GiB");
        }

        var stored = await objects.PutAsync(call.Object, body.Stream, Attributes(call, body), cancellation);
        call.Response.Headers.ETag = $"\"{stored.ETag}\"";
        if (body.Checksum is { Value: { } value } checksum)
        {
            call.Response.Headers[checksum.Header] = value;
            call.Response.Headers["x-amz-checksum-type"] = "FULL_OBJECT";
        }

        call.Send(200);
    }

    private static void Refuse(S3Call call)
    {
        foreach (var header in (ReadOnlySpan<string>)["If-Match", "If-None-Match"])
        {
            if (call.Header(header) is not null)
            {
                throw new AwsException(
                    "NotImplemented", 501, $"tarn does not support header '{header}' of s3 PutObject");
            }
        }

        if (call.Header("x-amz-storage-class") is { } storageClass and not "STANDARD")
        {
            throw new AwsException(
                "InvalidStorageClass", 400, $"tarn keeps objects in STANDARD only, not in '{storageClass}'");
        }
    }

    private static ObjectAttributes Attributes(S3Call call, S3Body body)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in StoredHeaders)
        {
            var value = name == "content-encoding" ? WithoutChunked(call.Header(name)) : call.Header(name);
            if (!string.IsNullOrEmpty(value))
            {
                headers[name] = value;
            }
        }

        if (body.Checksum is { } checksum && call.Header(checksum.Header) is { } stated)
        {
            // Stored with the object so that a later read can be checked against it; the put fails unless it is right.
            headers[checksum.Header] = stated;
        }

        return new ObjectAttributes
        {
            ContentType = call.Request.ContentType is { Length: > 0 } type ? type : ObjectAttributes.None.ContentType,
            Headers = headers,
            Metadata = Metadata(call),
            ContentLength = body.Length,
            ContentMd5 = call.Header("content-md5"),
        };
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
