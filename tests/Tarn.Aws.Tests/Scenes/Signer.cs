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
            .OrderBy(pair => pair.Split('=')[0], StringComparer.Ordinal)
            .ThenBy(pair => pair, StringComparer.Ordinal));
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

    /// <summary>
    /// A presigned URL for <paramref name="uri"/>, good for so many seconds. <paramref name="change"/> may replace the
    /// parameters before they are signed.
    /// </summary>
    public string Presign(
        string method, Uri uri, string seconds = "60", Action<IDictionary<string, string>>? change = null)
    {
        var timestamp = Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{timestamp[..8]}/{Region}/s3/aws4_request";
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Amz-Algorithm"] = "AWS4-HMAC-SHA256",
            ["X-Amz-Credential"] = $"{AccessKeyId}/{scope}",
            ["X-Amz-Date"] = timestamp,
            ["X-Amz-Expires"] = seconds,
            ["X-Amz-SignedHeaders"] = "host",
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = (pair + "=").IndexOf('=', StringComparison.Ordinal);
            parameters[pair[..equals]] = Uri.UnescapeDataString(pair[Math.Min(pair.Length, equals + 1)..]);
        }

        change?.Invoke(parameters);
        var query = string.Join(
            '&', parameters.Select(pair => pair.Key + "=" + Uri.EscapeDataString(pair.Value)));
        var payload = parameters.TryGetValue("X-Amz-Content-Sha256", out var stated) ? stated : "UNSIGNED-PAYLOAD";
        var canonical = $"{method}\n{uri.AbsolutePath}\n{query}\nhost:{uri.Authority}\n\nhost\n{payload}";
        return $"{uri.GetLeftPart(UriPartial.Path)}?{query}&X-Amz-Signature={Signature(timestamp, scope, canonical)}";
    }

    /// <summary>
    /// The text of an HTTP/1.1 request whose target and host are sent as given, signed over just these.
    /// </summary>
    public string Text(string method, string target, string host, string body = "", params string[] headers)
    {
        var timestamp = Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{timestamp[..8]}/{Region}/s3/aws4_request";
        var hash = Hash(Encoding.UTF8.GetBytes(body));
        var canonical = $"{method}\n{Canonical(target.Split('?')[0])}\n\nhost:{host}\nx-amz-content-sha256:{hash}\n"
            + $"x-amz-date:{timestamp}\n\nhost;x-amz-content-sha256;x-amz-date\n{hash}";
        return $"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
            + $"x-amz-content-sha256: {hash}\r\nx-amz-date: {timestamp}\r\nContent-Length: {body.Length}\r\n"
            + string.Concat(headers.Select(header => header + "\r\n"))
            + $"Authorization: AWS4-HMAC-SHA256 Credential={AccessKeyId}/{scope}, "
            + "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
            + $"Signature={Signature(timestamp, scope, canonical)}\r\n\r\n{body}";
    }

    /// <summary>What clients sign for a path: the key encoded once, whatever the path's own spelling is.</summary>
    private static string Canonical(string path) =>
        Uri.EscapeDataString(Uri.UnescapeDataString(path)).Replace("%2F", "/", StringComparison.Ordinal);

    private string Signature(string timestamp, string scope, string canonical)
    {
        var parts = scope.Split('/');
        var key = parts.Aggregate(Encoding.UTF8.GetBytes("AWS4" + Secret), Hmac);
        var text = $"AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        return Convert.ToHexStringLower(Hmac(key, text));
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
