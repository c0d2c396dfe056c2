using System.Globalization;
using System.Text.RegularExpressions;

namespace Tarn.Sql.Functions.Native;

/// <summary>format_number, parse_data_size and human_readable_seconds.</summary>
internal static partial class Units
{
    private const string Sizes = "BkMGTPEZY";

    /// <summary>Three digits at most and a unit: 123K, 1.23M.</summary>
    public static string FormatNumber(double value)
    {
        var unit = 0;
        while (Math.Abs(value) >= 1000 && unit < 5)
        {
            value /= 1000;
            unit++;
        }

        var digits = Math.Abs(value) < 10 ? 2 : Math.Abs(value) < 100 ? 1 : 0;
        var rounded = Math.Round((decimal)value, digits, MidpointRounding.AwayFromZero);
        return rounded.ToString("0.##", CultureInfo.InvariantCulture) + new[] { "", "K", "M", "B", "T", "Q" }[unit];
    }

    public static Int128 ParseSize(string text)
    {
        var match = Size().Match(text);
        if (!match.Success)
        {
            throw Define.Invalid($"Invalid data size: '{text}'");
        }

        var unit = Sizes.IndexOf(match.Groups[2].Value[0], StringComparison.Ordinal);
        var number = match.Groups[1].Value;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : number.Length - point - 1;
        var unscaled = System.Numerics.BigInteger.Parse(
            number.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var bytes = unscaled * System.Numerics.BigInteger.Pow(1024, unit) / System.Numerics.BigInteger.Pow(10, scale);
        return bytes < System.Numerics.BigInteger.Pow(10, 38)
            ? (Int128)bytes
            : throw Define.Error("NUMERIC_VALUE_OUT_OF_RANGE", $"Value out of range: '{text}' ('{bytes}B')");
    }

    public static string HumanReadableSeconds(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            throw Define.Invalid($"Invalid argument found: {seconds.ToString(CultureInfo.InvariantCulture)}");
        }

        var left = (long)Math.Round(Math.Abs(seconds), MidpointRounding.AwayFromZero);
        var parts = new List<string>();
        foreach (var (name, size) in new[]
            {
                ("week", 604800L), ("day", 86400L), ("hour", 3600L), ("minute", 60L), ("second", 1L),
            })
        {
            var count = left / size;
            left %= size;
            if (count > 0 || (size == 1 && parts.Count == 0))
            {
                parts.Add($"{count} {name}{(count == 1 ? "" : "s")}");
            }
        }

        return string.Join(", ", parts);
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*(B|kB|MB|GB|TB|PB|EB|ZB|YB)\s*$")]
    private static partial Regex Size();
}
