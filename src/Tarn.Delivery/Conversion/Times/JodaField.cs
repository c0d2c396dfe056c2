using System.Globalization;
using System.Text;

namespace Tarn.Delivery.Conversion.Times;

/// <summary>A run of one pattern letter, or text that stands for itself (then the letter is 0).</summary>
internal sealed record JodaField(char Letter, int Count, string Literal)
{
    private const int YearDigitsMax = 9;
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    private readonly byte[] _literal = Encoding.UTF8.GetBytes(Literal);

    public bool IsNumber => Letter == 'M' ? Count < 3 : "yYdDHkKhmsS".Contains(Letter, StringComparison.Ordinal);

    /// <summary>Reads the field from the front of the text.</summary>
    public bool TryRead(ref ReadOnlySpan<byte> text, bool isNumberNext, ref JodaTime time)
    {
        switch (Letter)
        {
            case '\0':
                return TryLiteral(ref text);
            case 'y' or 'Y':
                return ClockText.TryTake(ref text, isNumberNext ? Count : YearDigitsMax, out time.Year);
            case 'M' when Count < 3:
                return ClockText.TryTake(ref text, 2, out time.Month);
            case 'M':
                time.Month = 1 + Name(ref text, English.MonthNames, English.AbbreviatedMonthNames);
                return time.Month > 0;
            case 'd':
                return ClockText.TryTake(ref text, 2, out time.Day);
            case 'D':
                return ClockText.TryTake(ref text, 3, out time.DayOfYear) && time.DayOfYear > 0;
            case 'E':
                time.DayOfWeek = Name(ref text, English.DayNames, English.AbbreviatedDayNames);
                return time.DayOfWeek >= 0;
            case 'a':
                time.HalfDay = Name(ref text, ["AM", "PM"], []);
                return time.HalfDay >= 0;
            case 'H':
                return ClockText.TryTake(ref text, 2, out time.Hour) && time.Hour < 24;
            case 'k':
                return TryHour(ref text, 1, 24, ref time.Hour);
            case 'K':
                return TryHour(ref text, 0, 11, ref time.HourOfHalfDay);
            case 'h':
                return TryHour(ref text, 1, 12, ref time.HourOfHalfDay);
            case 'm':
                return ClockText.TryTake(ref text, 2, out time.Minute) && time.Minute < 60;
            case 's':
                return ClockText.TryTake(ref text, 2, out time.Second) && time.Second < 60;
            case 'S':
                return ClockText.TryFraction(ref text, Count, out time.FractionMicros);
            default:
                return TryOffset(ref text, ref time);
        }
    }

    /// <summary>An hour that counts up to the number that stands for 0.</summary>
    private static bool TryHour(ref ReadOnlySpan<byte> text, int min, int max, ref int hour)
    {
        if (!ClockText.TryTake(ref text, 2, out var number) || number < min || number > max)
        {
            return false;
        }

        hour = number == max && min == 1 ? 0 : number;
        return true;
    }

    private static bool TryOffset(ref ReadOnlySpan<byte> text, ref JodaTime time)
    {
        if (ClockText.TrySkip(ref text, 'Z'))
        {
            return true;
        }

        var isWest = ClockText.TrySkip(ref text, '-');
        if ((!isWest && !ClockText.TrySkip(ref text, '+')) || !ClockText.TryTake(ref text, 2, out var hours))
        {
            return false;
        }

        ClockText.TrySkip(ref text, ':');
        if (!ClockText.TryTake(ref text, 2, out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        time.OffsetMinutes = ((hours * 60) + minutes) * (isWest ? -1 : 1);
        return true;
    }

    /// <summary>Place of the name that the text begins with, or -1. The long names come first.</summary>
    private static int Name(ref ReadOnlySpan<byte> text, string[] names, string[] shortNames)
    {
        foreach (var set in new[] { names, shortNames })
        {
            for (var index = 0; index < set.Length; index++)
            {
                var length = set[index].Length;
                if (length > 0 && length <= text.Length
                    && Ascii.EqualsIgnoreCase(text[..length], set[index]))
                {
                    text = text[length..];
                    return index;
                }
            }
        }

        return -1;
    }

    private bool TryLiteral(ref ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(_literal))
        {
            return false;
        }

        text = text[_literal.Length..];
        return true;
    }
}
