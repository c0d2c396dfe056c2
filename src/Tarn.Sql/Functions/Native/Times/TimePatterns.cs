using System.Collections.Concurrent;

namespace Tarn.Sql.Functions.Native.Times;

/// <summary>
/// Patterns of date_format and date_parse (MySQL's) and of format_datetime and parse_datetime (Joda's), taken apart.
/// Any thread; what was taken apart once is kept, up to a bound.
/// </summary>
internal static class TimePatterns
{
    private const int KeptMax = 1000;

    /// <summary>Joda's <c>yy</c> is within 50 years of the present less 30; MySQL's is 1970 to 2069.</summary>
    private const int MySqlPivot = 2020;
    private const int JodaPivot = 1996;

    private static readonly ConcurrentDictionary<(string Pattern, bool IsJoda), IReadOnlyList<TimeElement>> Kept = [];

    public static IReadOnlyList<TimeElement> MySql(string pattern) => Find(pattern, isJoda: false);

    public static IReadOnlyList<TimeElement> Joda(string pattern) => Find(pattern, isJoda: true);

    private static IReadOnlyList<TimeElement> Find(string pattern, bool isJoda)
    {
        if (Kept.TryGetValue((pattern, isJoda), out var elements))
        {
            return elements;
        }

        elements = isJoda ? ReadJoda(pattern) : ReadMySql(pattern);
        if (Kept.Count < KeptMax)
        {
            Kept[(pattern, isJoda)] = elements;
        }

        return elements;
    }

    private static List<TimeElement> ReadMySql(string pattern)
    {
        var elements = new List<TimeElement>();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                elements.Add(Literal(pattern[i].ToString()));
                continue;
            }

            var field = pattern[++i];
            elements.AddRange(field switch
            {
                'r' => ReadMySql("%h:%i:%s %p"),
                'T' => ReadMySql("%H:%i:%s"),
                _ => [MySqlField(field)],
            });
        }

        return elements;
    }

    private static TimeElement MySqlField(char field) => field switch
    {
        'a' => Of(TimeField.DayShort),
        'b' => Of(TimeField.MonthShort),
        'c' => Of(TimeField.Month, 1, 2),
        'd' => Of(TimeField.Day, 2, 2),
        'e' => Of(TimeField.Day, 1, 2),
        'f' => Of(TimeField.Fraction, 6, 9),
        'H' => Of(TimeField.Hour, 2, 2),
        'h' or 'I' => Of(TimeField.ClockHourOfHalf, 2, 2),
        'i' => Of(TimeField.Minute, 2, 2),
        'j' => Of(TimeField.DayOfYear, 3, 3),
        'k' => Of(TimeField.Hour, 1, 2),
        'l' => Of(TimeField.ClockHourOfHalf, 1, 2),
        'M' => Of(TimeField.MonthText),
        'm' => Of(TimeField.Month, 2, 2),
        'p' => Of(TimeField.HalfDay),
        'S' or 's' => Of(TimeField.Second, 2, 2),
        'v' => Of(TimeField.Week, 2, 2),
        'x' => Of(TimeField.WeekYear, 4, 4),
        'W' => Of(TimeField.DayText),
        'Y' => Of(TimeField.Year, 4, 4),
        'y' => Of(TimeField.TwoDigitYear, 2, 2) with { Text = $"{MySqlPivot}" },
        'w' or 'U' or 'u' or 'V' or 'X' or 'D' =>
            throw Define.Invalid($"%{field} not currently supported in the date format string"),
        _ => Literal(field.ToString()),
    };

    private static List<TimeElement> ReadJoda(string pattern)
    {
        var elements = new List<TimeElement>();
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            if (c == '\'')
            {
                i = Quoted(pattern, i, elements);
                continue;
            }

            var length = 1;
            while (i + length < pattern.Length && pattern[i + length] == c)
            {
                length++;
            }

            i += length;
            var isFollowed = i < pattern.Length && IsNumeric(pattern, i);
            elements.Add(char.IsAsciiLetter(c) ? JodaField(c, length, isFollowed) : Literal(new string(c, length)));
        }

        return elements;
    }

    /// <summary>Text between single quotes; two of them stand for one.</summary>
    private static int Quoted(string pattern, int start, List<TimeElement> elements)
    {
        var text = new System.Text.StringBuilder();
        var i = start + 1;
        for (; i < pattern.Length; i++)
        {
            if (pattern[i] != '\'')
            {
                text.Append(pattern[i]);
            }
            else if (i + 1 < pattern.Length && pattern[i + 1] == '\'')
            {
                text.Append(pattern[i++]);
            }
            else
            {
                break;
            }
        }

        elements.Add(Literal(text.Length == 0 ? "'" : text.ToString()));
        return i + 1;
    }

    /// <summary>A number behind a year bounds the digits that the year may take.</summary>
    private static bool IsNumeric(string pattern, int at)
    {
        var c = pattern[at];
        var length = pattern.Skip(at).TakeWhile(next => next == c).Count();
        return "cCxyYdeDFHhkKmsSwW".Contains(c, StringComparison.Ordinal) || (c == 'M' && length <= 2);
    }

    private static TimeElement JodaField(char field, int length, bool isFollowed) => field switch
    {
        'G' => Of(TimeField.Era),
        'C' => Of(TimeField.Century, length, 9),
        'y' or 'Y' or 'x' when length == 2 => Of(TimeField.TwoDigitYear, 2, 2) with { Text = $"{JodaPivot}" },
        'x' => Of(TimeField.WeekYear, length, isFollowed ? length : 9),
        'y' or 'Y' => Of(TimeField.Year, length, isFollowed ? length : 9),
        'M' => length >= 4 ? Of(TimeField.MonthText)
            : length == 3 ? Of(TimeField.MonthShort) : Of(TimeField.Month, length, 2),
        'd' => Of(TimeField.Day, length, 2),
        'D' => Of(TimeField.DayOfYear, length, 3),
        'w' => Of(TimeField.Week, length, 2),
        'e' => Of(TimeField.DayOfWeek, length, 1),
        'E' => Of(length >= 4 ? TimeField.DayText : TimeField.DayShort),
        'a' => Of(TimeField.HalfDay),
        'H' => Of(TimeField.Hour, length, 2),
        'K' => Of(TimeField.HourOfHalf, length, 2),
        'k' => Of(TimeField.ClockHour, length, 2),
        'h' => Of(TimeField.ClockHourOfHalf, length, 2),
        'm' => Of(TimeField.Minute, length, 2),
        's' => Of(TimeField.Second, length, 2),
        'S' => Of(TimeField.Fraction, length, length),
        'Z' => length >= 3 ? Of(TimeField.ZoneId) : Of(TimeField.Offset, length, 0),
        'z' => Of(TimeField.ZoneText),
        _ => throw Define.Invalid($"Illegal pattern component: {new string(field, length)}"),
    };

    private static TimeElement Of(TimeField field, int digits = 0, int digitsMax = 0) =>
        new(field, digits, digitsMax, "");

    private static TimeElement Literal(string text) => new(TimeField.Literal, 0, 0, text);
}
