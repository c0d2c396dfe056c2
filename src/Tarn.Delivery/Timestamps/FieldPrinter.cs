using System.Globalization;
using System.Text;

namespace Tarn.Delivery.Timestamps;

/// <summary>Prints one field as java.time does in English, whose weeks begin on Sunday and in January 1's.</summary>
internal static class FieldPrinter
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    public static void Print(StringBuilder output, char letter, int count, DateTimeOffset time)
    {
        switch (letter)
        {
            case 'u' or 'y':
                PrintYear(output, time.Year, count);
                break;
            case 'Y':
                PrintYear(output, Saturday(time).Year, count);
                break;
            case 'S':
                output.Append(Nanoseconds(time).ToString("D9", CultureInfo.InvariantCulture).AsSpan(0, count));
                break;
            case 'G' or 'M' or 'L' or 'Q' or 'q' or 'E' or 'e' or 'c' or 'a':
                PrintNamed(output, letter, count, time);
                break;
            case 'X' or 'x' or 'Z' or 'O':
                OffsetPrinter.Print(output, letter, count, time.Offset);
                break;
            default:
                PrintNumber(output, Number(letter, time), count);
                break;
        }
    }

    private static long Number(char letter, DateTimeOffset time) => letter switch
    {
        'd' => time.Day,
        'D' => time.DayOfYear,
        'w' => ((Saturday(time).DayOfYear - 1) / 7) + 1,
        'W' => ((time.Day + (int)time.AddDays(1 - time.Day).DayOfWeek - 1) / 7) + 1,
        'H' => time.Hour,
        'k' => time.Hour == 0 ? 24 : time.Hour,
        'K' => time.Hour % 12,
        'h' => time.Hour % 12 == 0 ? 12 : time.Hour % 12,
        'm' => time.Minute,
        's' => time.Second,
        'n' => Nanoseconds(time),
        'A' => time.TimeOfDay.Ticks / TimeSpan.TicksPerMillisecond,
        'N' => time.TimeOfDay.Ticks * TimeSpan.NanosecondsPerTick,
        _ => throw new InvalidOperationException($"pattern letter '{letter}' has no number"),
    };

    private static void PrintNamed(StringBuilder output, char letter, int count, DateTimeOffset time)
    {
        var day = time.DayOfWeek;
        var month = time.Month;
        var quarter = ((month - 1) / 3) + 1;
        switch (letter)
        {
            case 'G':
                output.Append(count switch { 4 => "Anno Domini", 5 => "A", _ => "AD" });
                break;
            case 'a':
                output.Append(time.Hour < 12 ? "AM" : "PM");
                break;
            case 'E':
                output.Append(DayName(day, Math.Max(3, count)));
                break;
            case 'e' or 'c' when count >= 3:
                output.Append(DayName(day, count));
                break;
            case 'e' or 'c':
                PrintNumber(output, (int)day + 1, count);
                break;
            case 'M' or 'L' when count >= 3:
                var name = count == 4 ? English.GetMonthName(month) : English.GetAbbreviatedMonthName(month);
                output.Append(count == 5 ? name[..1] : name);
                break;
            case 'M' or 'L':
                PrintNumber(output, month, count);
                break;
            case 'Q' or 'q' when count is 3 or 4:
                output.Append(count == 3 ? $"Q{quarter}" : Ordinals[quarter - 1] + " quarter");
                break;
            default:
                PrintNumber(output, quarter, count == 2 ? 2 : 1);
                break;
        }
    }

    private static readonly string[] Ordinals = ["1st", "2nd", "3rd", "4th"];

    private static string DayName(DayOfWeek day, int count) => count switch
    {
        4 => English.GetDayName(day),
        5 => English.GetDayName(day)[..1],
        _ => English.GetAbbreviatedDayName(day),
    };

    private static void PrintYear(StringBuilder output, int year, int count) =>
        PrintNumber(output, count == 2 ? year % 100 : year, count);

    private static void PrintNumber(StringBuilder output, long value, int width)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        output.Append('0', Math.Max(0, width - digits.Length)).Append(digits);
    }

    private static long Nanoseconds(DateTimeOffset time) =>
        time.TimeOfDay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;

    /// <summary>The week's last day: its year is the year that the week belongs to.</summary>
    private static DateTime Saturday(DateTimeOffset time) =>
        time.DateTime.AddDays(DayOfWeek.Saturday - time.DayOfWeek);
}
