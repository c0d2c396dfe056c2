using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>URLs as java.net.URI takes them apart; a text that is none gives NULL.</summary>
internal static partial class UrlNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_url_encode", (string text) => Encode(text)),
        Define.Of("tarn_url_decode", (string text) => Decode(text)),
        Define.Of("tarn_url_protocol", (string url) => Parse(url) is { } uri ? uri.Groups["scheme"].Value : null),
        Define.Of("tarn_url_host", (string url) => Parse(url) is { } uri ? Host(uri) : null),
        Define.Of("tarn_url_port", (string url) => Parse(url) is { } uri ? Port(uri) : null),
        Define.Of("tarn_url_path", (string url) => Parse(url) is { } uri ? Unescape(uri.Groups["path"].Value) : null),
        Define.Of("tarn_url_query", (string url) => Parse(url) is { } uri ? Unescape(uri.Groups["query"].Value) : null),
        Define.Of("tarn_url_fragment", (string url) =>
            Parse(url) is { } uri ? Unescape(uri.Groups["fragment"].Value) : null),
        Define.Of("tarn_url_parameter", (string url, string name) =>
            Parse(url) is { } uri ? Parameter(uri.Groups["query"].Value, name) : null),
    ];

    private static Match? Parse(string url) => Uri().Match(url) is { Success: true } match ? match : null;

    private static string? Host(Match uri) =>
        Authority().Match(uri.Groups["authority"].Value) is { Success: true } match ? match.Groups["host"].Value : "";

    private static long? Port(Match uri) =>
        Authority().Match(uri.Groups["authority"].Value) is { Success: true } match
            && long.TryParse(match.Groups["port"].Value, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    private static string? Parameter(string query, string name)
    {
        foreach (var part in query.Split('&'))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var key = at < 0 ? part : part[..at];
            if (query.Length > 0 && Unescape(key) == name)
            {
                return at < 0 ? "" : Unescape(part[(at + 1)..]);
            }
        }

        return null;
    }

    private static string Unescape(string text) => System.Uri.UnescapeDataString(text);

    /// <summary>As a form is encoded: letters, digits and . - * _ stand, a space is a plus.</summary>
    private static string Encode(string text)
    {
        var result = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'-' or (byte)'*' or (byte)'_')
            {
                result.Append((char)value);
            }
            else if (value == ' ')
            {
                result.Append('+');
            }
            else
            {
                result.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return result.ToString();
    }

    private static string Decode(string text)
    {
        var bytes = new List<byte>();
        var raw = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '%')
            {
                bytes.Add(raw[at] == '+' ? (byte)' ' : raw[at]);
                continue;
            }

            if (at + 2 >= raw.Length || !byte.TryParse(
                raw.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                throw Define.Invalid($"URLDecoder: Illegal hex characters in escape (%) pattern: '{text}'");
            }

            bytes.Add(value);
            at += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(
        @"^(?=(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|[^\x00-\x7F]|%[0-9A-Fa-f]{2})*\z)"
        + @"(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?"
        + @"(?://(?<authority>[^/?#]*))?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:\#(?<fragment>.*))?\z")]
    private static partial Regex Uri();

    [GeneratedRegex(@"^(?:[^@]*@)?(?<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::(?<port>[0-9]*))?$")]
    private static partial Regex Authority();
}
