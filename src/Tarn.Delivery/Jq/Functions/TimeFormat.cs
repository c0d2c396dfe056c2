using System.Globalization;
using System.Text;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>strftime's conversions in the C locale, for UTC.</summary>
internal static class TimeFormat
{
    /// <summary>The conversions that are printed.</summary>
    public const string Conversions = "aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%";

    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>Place of the first conversion that is not printed, or -1.</summary>
    public static int FindUnknown(string format, string conversions)
    {
        for (var i = format.IndexOf('%', StringComparison.Ordinal); i >= 0;)
        {
            var at = i + 1 < format.Length && format[i + 1] == '-' ? i + 2 : i + 1;
            if (at >= format.Length || !conversions.Contains(format[at], StringComparison.Ordinal))
            {
                return i;
            }

            i = at + 1 < format.Length ? format.IndexOf('%', at + 1) : -1;
        }

        return -1;
    }

    public static string Print(string format, BrokenTime time)
    {
        var output = new StringBuilder(format.Length + 16);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                output.Append(format[i]);
                continue;
            }

            var isPlain = format[i + 1] == '-';
            i += isPlain ? 2 : 1;
            var text = Print(format[i], time);
            output.Append(isPlain && text.Length > 1 ? text[..^1].TrimStart('0', ' ') + text[^1] : text);
        }

        return output.ToString();
    }

    private static string Print(char conversion, BrokenTime time) => conversion switch
    {
        'a' => DayName(time, English.AbbreviatedDayNames),
        'A' => DayName(time, English.DayNames),
        'b' or 'h' => MonthName(time, English.AbbreviatedMonthNames),
        'B' => MonthName(time, English.MonthNames),
        'c' => Print("%a %b %e %H:%M:%S %Y", time),
        'C' => Zeros(time.Year / 100),
        'd' => Zeros(time.Day),
        'D' or 'x' => Print("%m/%d/%y", time),
        'e' => Spaces(time.Day),
        'F' => Print("%Y-%m-%d", time),
        'H' => Zeros(time.Hour),
        'I' => Zeros(Hour12(time)),
        'j' => (time.DayOfYear + 1).ToString("D3", CultureInfo.InvariantCulture),
        'k' => Spaces(time.Hour),
        'l' => Spaces(Hour12(time)),
        'm' => Zeros(time.Month + 1),
        'M' => Zeros(time.Minute),
        'n' => "\n",
        'p' => time.Hour < 12 ? "AM" : "PM",
        'P' => time.Hour < 12 ? "am" : "pm",
        'r' => Print("%I:%M:%S %p", time),
        'R' => Print("%H:%M", time),
        's' => time.ToSeconds().ToString("F0", CultureInfo.InvariantCulture),
        'S' => Zeros((int)time.Second),
        't' => "\t",
        'T' or 'X' => Print("%H:%M:%S", time),
        'y' => Zeros(((time.Year % 100) + 100) % 100),
        'Y' => time.Year.ToString(CultureInfo.InvariantCulture),
        'z' => "+0000",
        'Z' => "UTC",
        '%' => "%",
        _ => PrintWeek(conversion, time),
    };

    private static string PrintWeek(char conversion, BrokenTime time)
    {
        var fromMonday = (time.DayOfWeek + 6) % 7;
        var (isoYear, isoWeek) = IsoWeek(time, fromMonday);
        return conversion switch
        {
            'u' => (fromMonday + 1).ToString(CultureInfo.InvariantCulture),
            'w' => time.DayOfWeek.ToString(CultureInfo.InvariantCulture),
            'U' => Zeros((time.DayOfYear + 7 - time.DayOfWeek) / 7),
            'W' => Zeros((time.DayOfYear + 7 - fromMonday) / 7),
            'V' => Zeros(isoWeek),
            'G' => isoYear.ToString(CultureInfo.InvariantCulture),
            'g' => Zeros(((isoYear % 100) + 100) % 100),
            _ => throw new InvalidOperationException($"conversion '%{conversion}' is not known"),
        };
    }

    /// <summary>The week of ISO 8601 is that of its Thursday.</summary>
    private static (long Year, long Week) IsoWeek(BrokenTime time, int fromMonday)
    {
        var thursday = time.DayOfYear - fromMonday + 3;
        if (thursday < 0)
        {
            return (time.Year - 1, ((thursday + DaysIn(time.Year - 1)) / 7) + 1);
        }

        return thursday >= DaysIn(time.Year)
            ? (time.Year + 1, ((thursday - DaysIn(time.Year)) / 7) + 1)
            : (time.Year, (thursday / 7) + 1);
    }

    private static int DaysIn(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;

    private static int Hour12(BrokenTime time) => time.Hour % 12 == 0 ? 12 : time.Hour % 12;

    private static string DayName(BrokenTime time, string[] names) =>
        time.DayOfWeek is >= 0 and < 7 ? names[time.DayOfWeek] : "?";

    private static string MonthName(BrokenTime time, string[] names) =>
        time.Month is >= 0 and < 12 ? names[time.Month] : "?";

    private static string Zeros(long number) => number.ToString("D2", CultureInfo.InvariantCulture);

    private static string Spaces(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(2);
}
