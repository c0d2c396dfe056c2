using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Projection;

/// <summary>
/// Moments from one to another, in steps, each written by a Java pattern. <c>NOW</c> is the moment of the query, UTC,
/// also with an offset: <c>NOW-3DAYS</c>, <c>NOW+1MONTH</c>.
/// </summary>
internal sealed partial class ProjectedDates(
    ProjectionProperties properties, DatePattern pattern, string[] range, int interval, string unit, TypeKind type)
    : ProjectedKey
{
    private const int StepsMax = 2_000_000;

    public static ProjectedDates Of(ProjectionProperties properties, SqlType type)
    {
        var format = properties.Require("format");
        var range = properties.Require("range").Split(',', StringSplitOptions.TrimEntries);
        DatePattern pattern;
        try
        {
            pattern = DatePattern.Parse(format);
        }
        catch (FormatException failure)
        {
            throw properties.Failed($"format '{format}': {failure.Message}");
        }

        if (range.Length != 2)
        {
            throw properties.Failed($"property 'projection.{properties.Column}.range' needs two dates");
        }

        if (type.Kind is not (TypeKind.Varchar or TypeKind.Date or TypeKind.Timestamp))
        {
            throw properties.Failed($"its type is {type}; a date is projected into string, date or timestamp");
        }

        var unit = properties.Find("interval.unit")?.Trim() ?? pattern.Unit
            ?? throw properties.Failed("'interval' and 'interval.unit' are needed with this format");
        var interval = properties.Find("interval") ?? (pattern.Unit is not null
            ? "1"
            : throw properties.Failed("'interval' is needed with this format"));
        if (!int.TryParse(interval.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var steps) || steps < 1)
        {
            throw properties.Failed($"interval '{interval}' is no positive number");
        }

        var dates = new ProjectedDates(properties, pattern, range, steps, unit, type.Kind);
        dates.Add(DateTime.UnixEpoch, 1, unit);
        return dates;
    }

    public override IReadOnlyList<ProjectedValue> Values(PartitionPruner pruner, int key, DateTimeOffset now)
    {
        var (first, last) = (Bound(range[0], now.UtcDateTime), Bound(range[1], now.UtcDateTime));
        var values = new List<ProjectedValue>();
        var before = "";
        for (var step = 0; step < StepsMax; step++)
        {
            if (!TryStep(first, step, out var time) || time > last)
            {
                return values;
            }

            var text = pattern.Format(time);
            var value = Value(time, text);
            if (text != before && pruner.MayMatch(key, value))
            {
                values.Add(new ProjectedValue(text, value));
            }

            before = text;
        }

        throw properties.Failed($"the range holds more than {StepsMax} dates");
    }

    private bool TryStep(DateTime first, int step, out DateTime time)
    {
        try
        {
            time = Add(first, (long)step * interval, unit);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the year 9999 nothing is projected.
            time = default;
            return false;
        }
    }

    private string Value(DateTime time, string text) => type switch
    {
        TypeKind.Date => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TypeKind.Timestamp => pattern.Cut(time).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        _ => text,
    };

    private DateTime Bound(string text, DateTime now)
    {
        var match = Now().Match(text);
        if (!match.Success)
        {
            return pattern.TryParse(text, out var time)
                ? time
                : throw properties.Failed($"'{text}' of the range is neither NOW nor written as '{pattern.Text}'");
        }

        if (!match.Groups[1].Success)
        {
            return now;
        }

        var count = long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return Add(now, match.Groups[1].Value == "-" ? -count : count, match.Groups[3].Value);
    }

    private DateTime Add(DateTime time, long count, string of) => of.ToUpperInvariant().TrimEnd('S') switch
    {
        "YEAR" => time.AddYears(checked((int)count)),
        "MONTH" => time.AddMonths(checked((int)count)),
        "WEEK" => time.AddDays(count * 7),
        "DAY" => time.AddDays(count),
        "HOUR" => time.AddHours(count),
        "MINUTE" => time.AddMinutes(count),
        "SECOND" => time.AddSeconds(count),
        "MILLI" => time.AddMilliseconds(count),
        _ => throw properties.Failed($"unit '{of}' is not known"),
    };

    [GeneratedRegex(@"\A\s*NOW\s*(?:([+-])\s*([0-9]{1,9})\s*([A-Za-z]+)\s*)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Now();
}
