using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Tarn.Sql.Functions.Native;

/// <summary>
/// Java's Formatter for the conversions s S d x X o f e E b c n and %; arguments come as text, and a letter for each
/// says what it was: i integer, n decimal, f floating, b boolean, s anything else.
/// </summary>
internal static partial class JavaFormat
{
    public static string Format(string pattern, string kinds, string?[] values)
    {
        var next = 0;
        var text = new StringBuilder();
        var at = 0;
        foreach (Match match in Specifier().Matches(pattern))
        {
            CheckLiteral(pattern[at..match.Index]);
            text.Append(pattern, at, match.Index - at);
            at = match.Index + match.Length;
            var conversion = match.Groups["conversion"].Value[0];
            if (conversion is '%' or 'n')
            {
                text.Append(Pad(match, conversion == 'n' ? "\n" : "%"));
                continue;
            }

            var index = match.Groups["index"].Value is { Length: > 0 } number
                ? int.Parse(number[..^1], CultureInfo.InvariantCulture) - 1
                : next++;
            text.Append(index >= 0 && index < values.Length
                ? Pad(match, Convert(match, conversion, kinds[index], values[index]))
                : throw Fail(pattern, $"Format specifier '{match.Value}'"));
        }

        CheckLiteral(pattern[at..]);
        return text.Append(pattern, at, pattern.Length - at).ToString();

        void CheckLiteral(string literal)
        {
            if (literal.Contains('%', StringComparison.Ordinal))
            {
                throw Fail(pattern, "UnknownFormatConversionException: Conversion = '%'");
            }
        }
    }

    private static string Convert(Match match, char conversion, char kind, string? value)
    {
        if (value is null)
        {
            return conversion == 'b' ? "false" : conversion is 'S' ? "NULL" : "null";
        }

        var flags = match.Groups["flags"].Value;
        var precision = match.Groups["precision"].Value is { Length: > 0 } digits
            ? int.Parse(digits[1..], CultureInfo.InvariantCulture)
            : (int?)null;
        if (precision is not null && conversion is ('d' or 'x' or 'X' or 'o' or 'c'))
        {
            throw Fail(match.Value, $"IllegalFormatPrecisionException: {precision}");
        }

        return conversion switch
        {
            's' or 'S' => Cut(conversion == 'S' ? value.ToUpperInvariant() : value, precision),
            'b' => kind == 'b' ? value : "true",
            'c' when kind == 'i' => CodePoints.Chr(long.Parse(value, CultureInfo.InvariantCulture)),
            'd' when kind == 'i' => Signed(match, flags, BigInteger.Parse(value, CultureInfo.InvariantCulture)),
            'x' when kind == 'i' => long.Parse(value, CultureInfo.InvariantCulture)
                .ToString("x", CultureInfo.InvariantCulture),
            'X' when kind == 'i' => long.Parse(value, CultureInfo.InvariantCulture)
                .ToString("X", CultureInfo.InvariantCulture),
            'o' when kind == 'i' => System.Convert.ToString(long.Parse(value, CultureInfo.InvariantCulture), 8),
            'f' when kind is 'n' or 'f' => Fixed(match, flags, value, precision ?? 6),
            'e' or 'E' when kind is 'n' or 'f' => Scientific(value, precision ?? 6, conversion),
            _ => throw Fail(match.Value, $"{conversion} does not take this argument"),
        };
    }

    private static string Signed(Match match, string flags, BigInteger value) =>
        Decorate(match, flags, BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture), "", value.Sign < 0);

    private static string Fixed(Match match, string flags, string value, int precision)
    {
        if (value is "NaN" or "Infinity" or "-Infinity")
        {
            return value;
        }

        var isNegative = value.StartsWith('-');
        var rounded = DecimalText.Round(value.TrimStart('-'), precision);
        var point = rounded.IndexOf('.', StringComparison.Ordinal);
        return point < 0
            ? Decorate(match, flags, rounded, "", isNegative)
            : Decorate(match, flags, rounded[..point], rounded[point..], isNegative);
    }

    private static string Scientific(string value, int precision, char conversion)
    {
        var number = double.Parse(value, CultureInfo.InvariantCulture);
        var text = number.ToString(
            $"0.{new string('0', precision)}e+00", CultureInfo.InvariantCulture);
        text = precision == 0 ? text.Replace(".", "", StringComparison.Ordinal) : text;
        return conversion == 'E' ? text.ToUpperInvariant() : text;
    }

    /// <summary>Grouping, sign and zeros of a number.</summary>
    private static string Decorate(Match match, string flags, string whole, string fraction, bool isNegative)
    {
        if (flags.Contains(',', StringComparison.Ordinal))
        {
            for (var at = whole.Length - 3; at > 0; at -= 3)
            {
                whole = whole.Insert(at, ",");
            }
        }

        var (before, after) = isNegative ? flags.Contains('(', StringComparison.Ordinal) ? ("(", ")") : ("-", "")
            : flags.Contains('+', StringComparison.Ordinal) ? ("+", "")
            : flags.Contains(' ', StringComparison.Ordinal) ? (" ", "") : ("", "");
        var text = whole + fraction + after;
        var width = match.Groups["width"].Value;
        return flags.Contains('0', StringComparison.Ordinal) && width.Length > 0
            ? before + text.PadLeft(int.Parse(width, CultureInfo.InvariantCulture) - before.Length, '0')
            : before + text;
    }

    private static string Pad(Match match, string text)
    {
        if (match.Groups["width"].Value is not { Length: > 0 } width)
        {
            return text;
        }

        var length = int.Parse(width, CultureInfo.InvariantCulture);
        return match.Groups["flags"].Value.Contains('-', StringComparison.Ordinal)
            ? text.PadRight(length)
            : text.PadLeft(length);
    }

    private static string Cut(string text, int? precision) =>
        precision is { } most && most < text.Length ? text[..most] : text;

    private static Primitives.Errors.TarnException Fail(string pattern, string why) =>
        Define.Invalid($"Invalid format string: {pattern} ({why})");

    [GeneratedRegex(
        @"%(?<index>\d+\$)?(?<flags>[-#+ 0,(]*)(?<width>\d+)?(?<precision>\.\d+)?(?<conversion>[sSdxXofeEbcn%])")]
    private static partial Regex Specifier();
}
