using System.Globalization;
using System.Text;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>The formats that <c>@name</c> stands for.</summary>
internal static class JqFormats
{
    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const string UriPlain = "-_.!~*'()";

    public static IReadOnlyList<(string Name, string Does)> All { get; } =
    [
        ("text", "text as it is, anything else as JSON"),
        ("json", "JSON"),
        ("uri", "percent-encoded"),
        ("base64", "base64 of the UTF-8 text"),
        ("base64d", "the UTF-8 text of base64"),
    ];

    public static IEnumerable<string> Names => All.Select(row => row.Name);

    public static string Apply(JqRun run, string format, JqValue value)
    {
        var text = format == "json" ? JqWriter.Write(value) : value.AsText();
        run.Grow(text.Length);
        return format switch
        {
            "uri" => Uri(text),
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            "base64d" => FromBase64(text),
            _ => text,
        };
    }

    private static string Uri(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || UriPlain.Contains(c, StringComparison.Ordinal))
            {
                output.Append(c);
            }
            else
            {
                output.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return output.ToString();
    }

    private static string FromBase64(string text)
    {
        var padded = text.TrimEnd('=');
        padded += (padded.Length % 4) switch { 2 => "==", 3 => "=", _ => "" };
        try
        {
            return StrictUtf8.GetString(Convert.FromBase64String(padded));
        }
        catch (Exception notText) when (notText is FormatException or DecoderFallbackException)
        {
            throw new JqFault("string is not valid base64 data of UTF-8 text");
        }
    }
}
