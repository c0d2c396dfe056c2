namespace Tarn.Delivery.Conversion.Times;

/// <summary>The fields of a time while it is read.</summary>
internal struct JodaTime
{
    public static readonly JodaTime Epoch = new()
    {
        Year = 1970, Month = 1, Day = 1, DayOfWeek = -1, HourOfHalfDay = -1, HalfDay = -1,
    };

    public int Year;
    public int Month;
    public int Day;

    /// <summary>0 for none; otherwise it takes the place of month and day.</summary>
    public int DayOfYear;

    /// <summary>-1 for none; otherwise it must be that of the date.</summary>
    public int DayOfWeek;
    public int Hour;

    /// <summary>0 to 11, or -1; with the half of the day it takes the place of the hour.</summary>
    public int HourOfHalfDay;
    public int HalfDay;
    public int Minute;
    public int Second;
    public long FractionMicros;
    public int OffsetMinutes;

    /// <summary>False when there is no such time.</summary>
    public readonly bool TryMicros(out long micros)
    {
        micros = 0;
        if (!TryDays(out var days) || (DayOfWeek >= 0 && DayOfWeek != (((days + 4) % 7) + 7) % 7))
        {
            return false;
        }

        var hour = HourOfHalfDay >= 0 ? HourOfHalfDay + (Math.Max(HalfDay, 0) * 12)
            : HalfDay >= 0 ? (Hour % 12) + (HalfDay * 12)
            : Hour;
        micros = ClockText.Micros(days, hour, Minute - OffsetMinutes, Second) + FractionMicros;
        return true;
    }

    private readonly bool TryDays(out int days)
    {
        if (DayOfYear == 0)
        {
            return ClockText.TryDays(Year, Month, Day, out days);
        }

        var fits = ClockText.TryDays(Year, 1, 1, out days) && DayOfYear <= (DateTime.IsLeapYear(Year) ? 366 : 365);
        days += DayOfYear - 1;
        return fits;
    }
}
