using System.Globalization;

namespace Tarn.Delivery.Conversion.Times;

/// <summary>
/// Dates and times of day whose leading zeros may be left out, as <c>java.sql.Timestamp.valueOf</c> reads them:
/// <c>yyyy-[M]M-[d]d [H]H:[m]m:[s]s[.f]</c> with up to 9 digits after the point. In UTC.
/// </summary>
internal static class ClockText
{
    private const int FractionDigitsMax = 9;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Microseconds since 1970-01-01; digits beyond are cut.</summary>
    public static bool TryParseTimestamp(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var gap = text.IndexOf((byte)' ');
        if (gap < 0 || !TryParseDate(text[..gap], out var days))
        {
            return false;
        }

        var rest = text[(gap + 1)..];
        if (!TryTake(ref rest, 2, out var hour) || !TrySkip(ref rest, ':')
            || !TryTake(ref rest, 2, out var minute) || !TrySkip(ref rest, ':')
            || !TryTake(ref rest, 2, out var second) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var fraction = 0L;
        if (TrySkip(ref rest, '.') && !TryFraction(ref rest, FractionDigitsMax, out fraction))
        {
            return false;
        }

        micros = Micros(days, hour, minute, second) + fraction;
        return rest.IsEmpty;
    }

    /// <summary>Days since 1970-01-01 of <c>yyyy-[M]M-[d]d</c>.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        var rest = text;
        return TryTake(ref rest, 4, out var year) && rest.Length == text.Length - 4
            && TrySkip(ref rest, '-') && TryTake(ref rest, 2, out var month)
            && TrySkip(ref rest, '-') && TryTake(ref rest, 2, out var day)
            && rest.IsEmpty && TryDays(year, month, day, out days);
    }

    public static bool TryDays(int year, int month, int day, out int days)
    {
        days = 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - EpochDay;
        return true;
    }

    public static long Micros(int days, int hour, int minute, int second) =>
        ((((((days * 24L) + hour) * 60) + minute) * 60) + second) * TimeSpan.MicrosecondsPerSecond;

    /// <summary>A number of one to so many digits.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, int digitsMax, out int number)
    {
        number = 0;
        var at = 0;
        for (; at < digitsMax && at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            number = (number * 10) + (text[at] - '0');
        }

        text = text[at..];
        return at > 0;
    }

    /// <summary>Microseconds of the digits after a point.</summary>
    public static bool TryFraction(ref ReadOnlySpan<byte> text, int digitsMax, out long micros)
    {
        micros = 0;
        var unit = TimeSpan.MicrosecondsPerSecond;
        var at = 0;
        for (; at < digitsMax && at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            unit /= 10;
            micros += (text[at] - '0') * unit;
        }

        text = text[at..];
        return at > 0;
    }

    public static bool TrySkip(ref ReadOnlySpan<byte> text, char letter)
    {
        if (text.IsEmpty || text[0] != letter)
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}
