using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Sql.Functions.Native.Times;

/// <summary>The fields that a text gave, and the wall clock they make.</summary>
internal sealed class ReadFields
{
    private static readonly (TimeField Field, int Least, int Most)[] Ranges =
    [
        (TimeField.Month, 1, 12), (TimeField.Day, 1, 31), (TimeField.DayOfYear, 1, 366), (TimeField.Week, 1, 53),
        (TimeField.DayOfWeek, 1, 7), (TimeField.Hour, 0, 23), (TimeField.HourOfHalf, 0, 11),
        (TimeField.ClockHour, 1, 24), (TimeField.ClockHourOfHalf, 1, 12), (TimeField.Minute, 0, 59),
        (TimeField.Second, 0, 59), (TimeField.Year, 1, 9999), (TimeField.WeekYear, 1, 9999),
    ];

    private readonly Dictionary<TimeField, int> _values = [];

    public int? OffsetMinutes { get; set; }

    public void Set(TimeField field, int value) => _values[field] = value;

    public DateTime ToLocal(string text)
    {
        foreach (var (field, least, most) in Ranges)
        {
            if (_values.TryGetValue(field, out var value) && (value < least || value > most))
            {
                throw OutOfRange(text, value, field, least, most);
            }
        }

        return Date(text).AddHours(Hour()).AddMinutes(Get(TimeField.Minute, 0)).AddSeconds(Get(TimeField.Second, 0))
            .AddMilliseconds(Get(TimeField.Fraction, 0));
    }

    private int Get(TimeField field, int otherwise) => _values.GetValueOrDefault(field, otherwise);

    /// <summary>1970-01-01 was a Thursday, which is the day of a week that names none.</summary>
    private DateTime Date(string text)
    {
        if (_values.ContainsKey(TimeField.WeekYear) || _values.ContainsKey(TimeField.Week))
        {
            var weekYear = Get(TimeField.WeekYear, Get(TimeField.Year, 1970));
            var week = Get(TimeField.Week, 1);
            var weeks = ISOWeek.GetWeeksInYear(weekYear);
            return week <= weeks
                ? ISOWeek.ToDateTime(weekYear, week, (DayOfWeek)(Get(TimeField.DayOfWeek, 4) % 7))
                : throw OutOfRange(text, week, TimeField.Week, 1, weeks);
        }

        var year = Get(TimeField.Year, 1970);
        if (_values.TryGetValue(TimeField.DayOfYear, out var dayOfYear) && !_values.ContainsKey(TimeField.Month))
        {
            var days = DateTime.IsLeapYear(year) ? 366 : 365;
            return dayOfYear <= days
                ? new DateTime(year, 1, 1).AddDays(dayOfYear - 1)
                : throw OutOfRange(text, dayOfYear, TimeField.DayOfYear, 1, days);
        }

        var (month, day) = (Get(TimeField.Month, 1), Get(TimeField.Day, 1));
        var last = DateTime.DaysInMonth(year, month);
        return day <= last ? new DateTime(year, month, day) : throw OutOfRange(text, day, TimeField.Day, 1, last);
    }

    private int Hour() => _values.TryGetValue(TimeField.Hour, out var hour) ? hour
        : _values.TryGetValue(TimeField.ClockHour, out var clock) ? clock % 24
        : ((Get(TimeField.HourOfHalf, Get(TimeField.ClockHourOfHalf, 0)) % 12) + (12 * Get(TimeField.HalfDay, 0)));

    private static TarnException OutOfRange(string text, int value, TimeField field, int least, int most) =>
        Define.Invalid($"Cannot parse \"{text}\": Value {value} for {field} must be in the range [{least},{most}]");
}
