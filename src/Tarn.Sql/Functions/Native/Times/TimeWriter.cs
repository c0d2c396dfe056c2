using System.Globalization;
using System.Text;

namespace Tarn.Sql.Functions.Native.Times;

/// <summary>A wall clock by a pattern, in English. Fractions are those of a millisecond clock.</summary>
internal static class TimeWriter
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <param name="zone">The zone's name, for patterns that show it.</param>
    /// <param name="offsetSeconds">Seconds east of Greenwich.</param>
    public static string Write(
        IReadOnlyList<TimeElement> elements, DateTime local, string zone, long offsetSeconds)
    {
        var text = new StringBuilder();
        foreach (var element in elements)
        {
            Write(text, element, local, zone, offsetSeconds);
        }

        return text.ToString();
    }

    private static void Write(
        StringBuilder text, TimeElement element, DateTime local, string zone, long offsetSeconds)
    {
        switch (element.Field)
        {
            case TimeField.Literal: text.Append(element.Text); break;
            case TimeField.Era: text.Append("AD"); break;
            case TimeField.MonthShort: text.Append(English.GetAbbreviatedMonthName(local.Month)); break;
            case TimeField.MonthText: text.Append(English.GetMonthName(local.Month)); break;
            case TimeField.DayShort: text.Append(English.GetAbbreviatedDayName(local.DayOfWeek)); break;
            case TimeField.DayText: text.Append(English.GetDayName(local.DayOfWeek)); break;
            case TimeField.HalfDay: text.Append(local.Hour < 12 ? "AM" : "PM"); break;
            case TimeField.Fraction:
                var digits = local.Millisecond.ToString("000", CultureInfo.InvariantCulture);
                text.Append(digits.PadRight(element.Digits, '0').AsSpan(0, element.Digits));
                break;
            case TimeField.Offset:
                var minutes = Math.Abs(offsetSeconds) / 60;
                text.Append(offsetSeconds < 0 ? '-' : '+')
                    .Append(CultureInfo.InvariantCulture, $"{minutes / 60:00}")
                    .Append(element.Digits == 2 ? ":" : "")
                    .Append(CultureInfo.InvariantCulture, $"{minutes % 60:00}");
                break;
            case TimeField.ZoneId or TimeField.ZoneText: text.Append(zone); break;
            default:
                text.Append(Number(element.Field, local).ToString(CultureInfo.InvariantCulture)
                    .PadLeft(element.Digits, '0'));
                break;
        }
    }

    private static int Number(TimeField field, DateTime local) => field switch
    {
        TimeField.Century => local.Year / 100,
        TimeField.Year => local.Year,
        TimeField.TwoDigitYear => local.Year % 100,
        TimeField.WeekYear => ISOWeek.GetYear(local),
        TimeField.Month => local.Month,
        TimeField.Day => local.Day,
        TimeField.DayOfYear => local.DayOfYear,
        TimeField.Week => ISOWeek.GetWeekOfYear(local),
        TimeField.DayOfWeek => local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek,
        TimeField.Hour => local.Hour,
        TimeField.HourOfHalf => local.Hour % 12,
        TimeField.ClockHour => local.Hour == 0 ? 24 : local.Hour,
        TimeField.ClockHourOfHalf => local.Hour % 12 == 0 ? 12 : local.Hour % 12,
        TimeField.Minute => local.Minute,
        TimeField.Second => local.Second,
        _ => throw new InvalidOperationException($"{field} is no number"),
    };
}
