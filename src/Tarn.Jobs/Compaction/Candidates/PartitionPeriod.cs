using System.Globalization;
using Tarn.Catalog.Tables;

namespace Tarn.Jobs.Compaction.Candidates;

/// <summary>
/// Which time a partition covers, told by the names of its keys: <c>year</c>, <c>month</c>, <c>day</c>, <c>hour</c>, or
/// a date in <c>dt</c>, <c>date</c>, <c>ds</c> or <c>day</c>, with or without <c>hour</c>. UTC.
/// </summary>
internal static class PartitionPeriod
{
    private static readonly string[] DateKeys = ["dt", "date", "ds", "day"];

    /// <summary>When it is over; null when its keys do not tell.</summary>
    public static DateTimeOffset? EndOf(IReadOnlyList<Column> keys, IReadOnlyList<string> values)
    {
        var found = keys.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
        if (StartOfDay(found) is { } day)
        {
            return Number(found, "hour", 0, 23) is { } hour ? day.AddHours(hour + 1) : day.AddDays(1);
        }

        if (Number(found, "year", 1, 9998) is not { } year)
        {
            return null;
        }

        var start = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return Number(found, "month", 1, 12) is { } month ? start.AddMonths(month) : start.AddYears(1);
    }

    private static DateTimeOffset? StartOfDay(Dictionary<string, string> values)
    {
        if (Number(values, "year", 1, 9998) is { } year
            && Number(values, "month", 1, 12) is { } month
            && Number(values, "day", 1, DateTime.DaysInMonth(year, month)) is { } day)
        {
            return new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        }

        foreach (var key in DateKeys)
        {
            if (values.TryGetValue(key, out var text)
                && DateOnly.TryParseExact(
                    text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                && date.Year < 9999)
            {
                return new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
            }
        }

        return null;
    }

    private static int? Number(Dictionary<string, string> values, string key, int min, int max) =>
        values.TryGetValue(key, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : null;
}
