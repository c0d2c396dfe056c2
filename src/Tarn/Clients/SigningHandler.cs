using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Storage.Access;

namespace Tarn.Clients;

/// <summary>
/// Signs each request with AWS Signature Version 4, header form, for one service and region. The body is hashed
/// whole, so it must be buffered content, unless the request says in <see cref="PayloadHeader"/> what stands for it.
/// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal sealed class SigningHandler(AccessKey key, string service, string region, TimeProvider time)
    : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
{
    public const string PayloadHeader = "x-amz-content-sha256";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var date = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var stamp = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var bodyHash = await StatePayloadAsync(request, cancellationToken);

        request.Headers.Host = request.RequestUri!.Authority;
        request.Headers.Add("x-amz-date", stamp);

        var headers = SignedHeaders(request);
        var names = string.Join(';', headers.Keys);
        var canonical = string.Join(
            '\n',
            request.Method.Method,
            request.RequestUri.AbsolutePath,
            request.RequestUri.Query.TrimStart('?'),
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")),
            names,
            bodyHash);
        var scope = $"{date}/{region}/{service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(canonical)}";
        var signature = Convert.ToHexStringLower(Hmac(SigningKey(date), toSign));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={key.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<string> StatePayloadAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (request.Headers.TryGetValues(PayloadHeader, out var stated))
        {
            return stated.Single();
        }

        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellation);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        request.Headers.Add(PayloadHeader, hash);
        return hash;
    }

    private static SortedDictionary<string, string> SignedHeaders(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = request.Headers.Host!,
        };
        foreach (var header in request.Headers.Where(
            header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)))
        {
            headers[header.Key.ToLowerInvariant()] = string.Join(',', header.Value).Trim();
        }

        if (request.Content?.Headers.ContentType is { } type)
        {
            headers["content-type"] = type.ToString();
        }

        return headers;
    }

    private byte[] SigningKey(string date)
    {
        var forDate = Hmac(Encoding.UTF8.GetBytes("AWS4" + key.Secret), date);
        return Hmac(Hmac(Hmac(forDate, region), service), "aws4_request");
    }

    private static byte[] Hmac(byte[] with, string text) => HMACSHA256.HashData(with, Encoding.UTF8.GetBytes(text));

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
