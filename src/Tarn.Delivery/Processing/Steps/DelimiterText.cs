using System.Buffers.Text;
using System.Text;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>The bytes that a delimiter setting stands for; null where it cannot be used.</summary>
internal static class DelimiterText
{
    /// <summary>Of text with two-character escapes.</summary>
    public static byte[]? TryOf(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                plain.Append(text[at]);
                continue;
            }

            at++;
            char? meant = at == text.Length ? null : text[at] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '\\' => '\\',
                _ => null,
            };
            if (meant is null)
            {
                return null;
            }

            plain.Append(meant.Value);
        }

        return plain.Length == 0 ? null : Encoding.UTF8.GetBytes(plain.ToString());
    }

    /// <summary>Of base64.</summary>
    public static byte[]? TryOfBase64(string text) =>
        Base64.IsValid(text, out var length) && length > 0 ? Convert.FromBase64String(text) : null;

    /// <summary>Of text that was checked.</summary>
    public static byte[] Of(string text) => TryOf(text) ?? throw new ArgumentException(text, nameof(text));

    /// <summary>Of base64 that was checked.</summary>
    public static byte[] OfBase64(string text) => TryOfBase64(text) ?? throw new ArgumentException(text, nameof(text));
}
