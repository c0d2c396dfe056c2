using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tarn.Webhooks;

/// <summary>
/// A symmetric key of Standard Webhooks 1.0 (https://www.standardwebhooks.com): 24 to 64 bytes, written as
/// <c>whsec_</c> and base64.
/// </summary>
internal sealed class WebhookKey
{
    private const string Prefix = "whsec_";
    private const int BytesMin = 24;
    private const int BytesMax = 64;

    private readonly byte[] key;

    private WebhookKey(byte[] key) => this.key = key;

    /// <summary>The key that the text is, or null.</summary>
    public static WebhookKey? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var count)
            && count is >= BytesMin and <= BytesMax ? new WebhookKey(bytes[..count]) : null;
    }

    /// <summary>The signature <c>v1,...</c> of <c>id.timestamp.body</c>.</summary>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
