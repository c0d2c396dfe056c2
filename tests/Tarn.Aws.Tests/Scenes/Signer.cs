using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>
/// Signs requests as a client does; written apart from the server's code, so that both would have to be wrong alike.
/// </summary>
internal sealed record Signer(string AccessKeyId, string Secret, TimeProvider Time)
{
    public string Region { get; init; } = "us-east-1";

    /// <summary>Under which name the host is signed; empty: not at all.</summary>
    public string HostName { get; init; } = "host";

    /// <summary>
    /// Signs over host and all x-amz- headers. Returns signing key, timestamp, scope and signature for chunks.
    /// </summary>
    public (byte[] Key, string Timestamp, string Scope, string Signature) Sign(
        HttpRequestMessage request, string service, string payloadHash)
    {
        var timestamp = Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("x-amz-date", timestamp);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", payloadHash);
        var uri = request.RequestUri!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (HostName.Length > 0)
        {
            headers[HostName] = uri.Authority;
        }

        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            {
                headers[name.ToLowerInvariant()] = string.Join(',', values).Trim();
            }
        }

        var path = service == "s3" ? uri.AbsolutePath : Uri.EscapeDataString(uri.AbsolutePath).Replace("%2F", "/");
        var query = string.Join('&', uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Contains('=') ? pair : pair + "=")
            .Order(StringComparer.Ordinal));
        var names = string.Join(';', headers.Keys);
        var canonical = $"{request.Method.Method}\n{path}\n{query}\n"
            + string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))
            + $"\n{names}\n{payloadHash}";
        var scope = $"{timestamp[..8]}/{Region}/{service}/aws4_request";
        var key = Hmac(
            Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + Secret), timestamp[..8]), Region), service), "aws4_request");
        var text = $"AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(Hmac(key, text));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
        return (key, timestamp, scope, signature);
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
