using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Storage.Access;

namespace Tarn.Benchmarks.Ingest.Wire;

/// <summary>
/// Whole HTTP requests with Signature V4, as bytes for the socket. A request may be sent again for 15 minutes.
/// </summary>
internal sealed class RequestSigner(AccessKey key, WireService service, Uri address)
{
    private const string SignedHeaders = "content-type;host;x-amz-date;x-amz-target";
    private const string ContentType = "application/x-amz-json-1.1";

    public byte[] Sign(string operation, ReadOnlySpan<byte> body)
    {
        var now = DateTimeOffset.UtcNow;
        var timestamp = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = timestamp[..8] + $"/us-east-1/{service.SigningName}/aws4_request";
        var headers = $"content-type:{ContentType}\nhost:{address.Authority}\nx-amz-date:{timestamp}\n"
            + $"x-amz-target:{service.Target}.{operation}\n";
        var canonical = $"POST\n/\n\n{headers}\n{SignedHeaders}\n{Hex(SHA256.HashData(body))}";
        var text = $"AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signingKey = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + key.Secret), Mac);
        var head = $"POST / HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: {ContentType}\r\n"
            + $"X-Amz-Date: {timestamp}\r\nX-Amz-Target: {service.Target}.{operation}\r\n"
            + $"Authorization: AWS4-HMAC-SHA256 Credential={key.AccessKeyId}/{scope}, SignedHeaders={SignedHeaders}, "
            + $"Signature={Hex(Mac(signingKey, text))}\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private static byte[] Mac(byte[] signingKey, string text) =>
        HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
