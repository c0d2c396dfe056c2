using System.Text;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>AWS's percent encoding: every byte but A-Z a-z 0-9 - . _ ~ as %XX in upper case.</summary>
internal static class UriEncoding
{
    /// <summary>Encodes UTF-8 text; a slash stays when <paramref name="keepSlash"/>.</summary>
    public static string Encode(string text, bool keepSlash)
    {
        if (!text.AsSpan().ContainsAnyExcept(keepSlash ? PathCharacters : Unreserved))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            var kept = char.IsAsciiLetterOrDigit((char)value)
                || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
                || (keepSlash && value == (byte)'/');
            _ = kept
                ? encoded.Append((char)value)
                : encoded.Append('%').Append(Hex[value >> 4]).Append(Hex[value & 15]);
        }

        return encoded.ToString();
    }

    /// <summary>Decodes %XX; an escape that is not one stays as it is.</summary>
    public static string Decode(string text, bool plusIsSpace)
    {
        if (!text.Contains('%') && !(plusIsSpace && text.Contains('+')))
        {
            return text;
        }

        return Uri.UnescapeDataString(plusIsSpace ? text.Replace('+', ' ') : text);
    }

    /// <summary>Decodes %XX strictly: false when an escape is not one, or the bytes are no UTF-8.</summary>
    public static bool TryDecode(string text, out string decoded)
    {
        decoded = text;
        if (!text.Contains('%'))
        {
            return true;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                count += Encoding.UTF8.GetBytes(text.AsSpan(i, 1), bytes.AsSpan(count));
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }

            bytes[count++] = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
            i += 2;
        }

        var utf8 = bytes.AsSpan(0, count);
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return false;
        }

        decoded = Encoding.UTF8.GetString(utf8);
        return true;
    }

    private static int HexValue(char digit) =>
        char.IsAsciiDigit(digit) ? digit - '0' : char.ToLowerInvariant(digit) - 'a' + 10;

    private const string Hex = "0123456789ABCDEF";

    private static readonly System.Buffers.SearchValues<char> Unreserved = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static readonly System.Buffers.SearchValues<char> PathCharacters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");
}
