using System.Globalization;
using System.Text.RegularExpressions;

namespace Tarn.Sql.Functions.Native.Times;

/// <summary>parse_duration and human_readable_seconds.</summary>
internal static partial class Durations
{
    /// <summary><c>42.8ms</c>, <c>3.81 d</c>: milliseconds, half up.</summary>
    public static long Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            throw Define.Invalid($"duration is not a valid data duration string: {text}");
        }

        var unit = match.Groups["unit"].Value switch
        {
            "ns" => 1e-6,
            "us" => 1e-3,
            "ms" => 1.0,
            "s" => 1e3,
            "m" => 60e3,
            "h" => 3600e3,
            "d" => 86_400e3,
            var other => throw Define.Invalid($"Unknown time unit: {other}"),
        };
        var value = double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture) * unit;
        return value < long.MaxValue
            ? (long)Math.Floor(value + 0.5)
            : throw Define.Invalid($"duration is too large: {text}");
    }

    /// <summary><c>1 hour, 2 minutes, 42 seconds</c>.</summary>
    public static string Describe(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            throw Define.Invalid("Seconds must be finite");
        }

        var rest = (long)Math.Floor(Math.Abs(seconds) + 0.5);
        var parts = new List<string>();
        foreach (var (name, size) in new[]
        {
            ("week", 604_800L), ("day", 86_400L), ("hour", 3600L), ("minute", 60L), ("second", 1L),
        })
        {
            var count = rest / size;
            rest %= size;
            if (count > 0 || (size == 1 && parts.Count == 0))
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}"));
            }
        }

        return (seconds < 0 ? "-" : "") + string.Join(", ", parts);
    }

    [GeneratedRegex(@"^\s*(?<value>\d+(\.\d+)?)\s*(?<unit>[a-zA-Z]+)\s*$")]
    private static partial Regex Pattern();
}
