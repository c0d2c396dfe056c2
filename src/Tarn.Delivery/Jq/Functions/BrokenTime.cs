using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>
/// jq's "broken down time": an array of year, month from 0, day, hour, minute, second, day of week from Sunday, and
/// day of year from 0. UTC; fields outside their ranges are carried over only when seconds are made of them.
/// </summary>
internal readonly record struct BrokenTime(
    long Year, int Month, int Day, int Hour, int Minute, double Second, int DayOfWeek, int DayOfYear)
{
    private const double SecondsMax = 6e16;
    private const long SecondsPerDay = 86_400;
    private const int Fields = 8;

    public static BrokenTime FromSeconds(double seconds)
    {
        if (!(Math.Abs(seconds) < SecondsMax))
        {
            throw new JqFault("the number of seconds is not a time");
        }

        var whole = (long)seconds;
        var days = Math.DivRem(whole, SecondsPerDay, out var rest);
        if (rest < 0)
        {
            rest += SecondsPerDay;
            days--;
        }

        var (year, month, day) = DateOf(days);
        return new BrokenTime(
            year,
            month - 1,
            day,
            (int)(rest / 3600),
            (int)(rest / 60 % 60),
            (rest % 60) + (seconds - Math.Floor(seconds)),
            WeekDayOf(days),
            (int)(days - DaysOf(year, 1, 1)));
    }

    /// <summary>Of a number of seconds, or of the array that jq makes of one.</summary>
    public static BrokenTime Of(JqValue value, string function)
    {
        if (value.Kind == JqKind.Number)
        {
            return FromSeconds(value.Number);
        }

        if (value.Kind != JqKind.Array || value.Array.Count < Fields
            || value.Array.Items.Take(Fields).Any(item => item.Kind != JqKind.Number))
        {
            throw new JqFault($"{function} requires parsed datetime inputs");
        }

        var fields = value.Array.Items.Take(Fields).Select(item => item.Number).ToArray();
        return new BrokenTime(
            Whole(fields[0]), Whole(fields[1]), Whole(fields[2]), Whole(fields[3]), Whole(fields[4]), fields[5],
            Whole(fields[6]), Whole(fields[7]));
    }

    public JqValue ToArray() => JqValue.Of(
    [
        JqValue.Of(Year), JqValue.Of(Month), JqValue.Of(Day), JqValue.Of(Hour), JqValue.Of(Minute),
        JqValue.Of(Second), JqValue.Of(DayOfWeek), JqValue.Of(DayOfYear),
    ]);

    /// <summary>Seconds since 1970, without fraction.</summary>
    public double ToSeconds()
    {
        var months = (Year * 12) + Month;
        var year = Math.DivRem(months, 12, out var month);
        if (month < 0)
        {
            month += 12;
            year--;
        }

        var days = DaysOf(year, (int)month + 1, 1) + Day - 1;
        return (days * SecondsPerDay) + (Hour * 3600L) + (Minute * 60L) + (long)Second;
    }

    /// <summary>With both days as the date says.</summary>
    public BrokenTime WithDays()
    {
        var days = DaysOf(Year, Month + 1, 1) + Day - 1;
        return this with { DayOfWeek = WeekDayOf(days), DayOfYear = (int)(days - DaysOf(Year, 1, 1)) };
    }

    /// <summary>With month and day as the day of year says.</summary>
    public BrokenTime WithDateOfYearDay()
    {
        var (_, month, day) = DateOf(DaysOf(Year, 1, 1) + DayOfYear);
        return this with { Month = month - 1, Day = day };
    }

    private static int Whole(double field) => (int)Math.Clamp(field, int.MinValue, int.MaxValue);

    private static int WeekDayOf(long days) => (int)((((days + 4) % 7) + 7) % 7);

    /// <summary>Days since 1970 of a date of the proleptic Gregorian calendar; years run from March.</summary>
    private static long DaysOf(long year, int month, int day)
    {
        year -= month <= 2 ? 1 : 0;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
    }

    private static (long Year, int Month, int Day) DateOf(long days)
    {
        days += 719_468;
        var era = (days >= 0 ? days : days - 146_096) / 146_097;
        var dayOfEra = days - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var day = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        var month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }
}
