using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Objects;

/// <summary>Heads of S3 requests with Signature V4 in the header and an unsigned body; good for 15 minutes.</summary>
internal sealed class ObjectSigner(Uri address)
{
    private const string SignedHeaders = "host;x-amz-content-sha256;x-amz-date";
    private const string Payload = "UNSIGNED-PAYLOAD";

    /// <param name="query">Sorted and encoded, or empty.</param>
    public byte[] Sign(string method, string path, string query, long length)
    {
        var timestamp = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = timestamp[..8] + "/us-east-1/s3/aws4_request";
        var headers = $"host:{address.Authority}\nx-amz-content-sha256:{Payload}\nx-amz-date:{timestamp}\n";
        var canonical = $"{method}\n{path}\n{query}\n{headers}\n{SignedHeaders}\n{Payload}";
        var text = $"AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signingKey = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + BenchmarkLake.Key.Secret), Mac);
        return Encoding.ASCII.GetBytes(
            $"{method} {path}{(query.Length == 0 ? "" : "?" + query)} HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + $"X-Amz-Date: {timestamp}\r\nX-Amz-Content-Sha256: {Payload}\r\n"
            + $"Authorization: AWS4-HMAC-SHA256 Credential={BenchmarkLake.Key.AccessKeyId}/{scope}, "
            + $"SignedHeaders={SignedHeaders}, Signature={Hex(Mac(signingKey, text))}\r\n"
            + $"Content-Length: {length}\r\n\r\n");
    }

    private static byte[] Mac(byte[] signingKey, string text) =>
        HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
