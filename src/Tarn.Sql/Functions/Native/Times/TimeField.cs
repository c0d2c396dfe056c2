namespace Tarn.Sql.Functions.Native.Times;

/// <summary>What an element of a pattern stands for.</summary>
internal enum TimeField
{
    Literal,
    Era,
    Century,
    Year,
    TwoDigitYear,
    WeekYear,
    Month,
    MonthShort,
    MonthText,
    Day,
    DayOfYear,
    Week,
    DayOfWeek,
    DayShort,
    DayText,
    HalfDay,
    Hour,
    HourOfHalf,
    ClockHour,
    ClockHourOfHalf,
    Minute,
    Second,
    Fraction,
    Offset,
    ZoneId,
    ZoneText,
}
