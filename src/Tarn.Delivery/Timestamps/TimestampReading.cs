using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Timestamps;

/// <summary>
/// Reads text by a time pattern. Without an offset it is UTC, without a clock midnight. Thread-safe.
/// </summary>
internal sealed class TimestampReading
{
    private const string Readable = "yuMLdHhkKmsSaEXxZ";

    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    private readonly TimestampPattern _pattern;

    private TimestampReading(TimestampPattern pattern) => _pattern = pattern;

    /// <summary>
    /// Fails with Invalid when the pattern leaves year, month or day out, with Unsupported for a letter that is only
    /// printed.
    /// </summary>
    public static TimestampReading Of(TimestampPattern pattern)
    {
        foreach (var field in pattern.Fields.Where(field => !field.IsLiteral))
        {
            if (!Readable.Contains(field.Letter, StringComparison.Ordinal) || (field.Letter, field.Count) is ('Z', 4)
                || (field.Letter is 'M' or 'L' or 'E' && field.Count == 5))
            {
                throw new TarnException(
                    ErrorKind.Unsupported,
                    $"time pattern '{pattern.Text}' has '{field.Letter}' at position {field.Position + 1},"
                    + " which times are not read by",
                    hint: $"letters that are read: {Readable}");
            }
        }

        foreach (var (letters, name) in ((string, string)[])[("yu", "year"), ("ML", "month"), ("d", "day")])
        {
            if (!pattern.Fields.Any(field => letters.Contains(field.Letter, StringComparison.Ordinal)))
            {
                throw new TarnException(ErrorKind.Invalid, $"time pattern '{pattern.Text}' has no {name}");
            }
        }

        return new TimestampReading(pattern);
    }

    public bool TryRead(string text, out DateTimeOffset time)
    {
        var parts = new ReadParts();
        var at = 0;
        time = default;
        for (var i = 0; i < _pattern.Fields.Count; i++)
        {
            var isNextNumber = i + 1 < _pattern.Fields.Count && _pattern.Fields[i + 1].IsNumber;
            if (!Read(_pattern.Fields[i], isNextNumber, text, ref at, parts))
            {
                return false;
            }
        }

        return at == text.Length && parts.TryMake(out time);
    }

    private static bool Read(PatternField field, bool isNextNumber, string text, ref int at, ReadParts parts)
    {
        if (field.IsLiteral)
        {
            var isThere = string.CompareOrdinal(text, at, field.Literal, 0, field.Literal.Length) == 0;
            at += field.Literal.Length;
            return isThere;
        }

        switch (field.Letter)
        {
            case 'X' or 'x' or 'Z':
                return ReadOffset(text, ref at, parts);
            case 'a':
                return ReadName(["AM", "PM"], text, ref at, out parts.HalfDay);
            case 'E':
                return ReadName(field.Count == 4 ? English.DayNames : English.AbbreviatedDayNames, text, ref at, out _);
            case 'M' or 'L' when field.Count >= 3:
                var names = field.Count == 4 ? English.MonthNames : English.AbbreviatedMonthNames;
                var isMonth = ReadName(names[..12], text, ref at, out var month);
                parts.Month = month + 1;
                return isMonth;
            case 'S':
                return ReadFraction(field.Count, text, ref at, parts);
            default:
                return ReadNumber(field, isNextNumber, text, ref at, parts);
        }
    }

    /// <summary>One letter takes any number of digits, unless another number follows right behind.</summary>
    private static bool ReadNumber(PatternField field, bool isNextNumber, string text, ref int at, ReadParts parts)
    {
        var isYear = field.Letter is 'y' or 'u';
        var isOpen = !isNextNumber && (field.Count == 1 || (isYear && field.Count >= 4));
        var most = isOpen ? 9 : isYear && field.Count != 2 ? Math.Max(4, field.Count) : Math.Max(field.Count, 2);
        most = isNextNumber ? field.Count : most;
        var start = at;
        while (at < text.Length && at - start < most && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at - start >= field.Count
            && int.TryParse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture, out var number)
            && parts.Set(field.Letter, isYear && field.Count == 2 ? number + 2000 : number);
    }

    private static bool ReadFraction(int count, string text, ref int at, ReadParts parts)
    {
        if (at + count > text.Length || !text.AsSpan(at, count).ContainsOnlyDigits())
        {
            return false;
        }

        var digits = text.Substring(at, Math.Min(count, 7)).PadRight(7, '0');
        parts.Ticks = long.Parse(digits, CultureInfo.InvariantCulture);
        at += count;
        return true;
    }

    private static bool ReadName(string[] names, string text, ref int at, out int place)
    {
        for (place = 0; place < names.Length; place++)
        {
            if (string.CompareOrdinal(text, at, names[place], 0, names[place].Length) == 0)
            {
                at += names[place].Length;
                return true;
            }
        }

        return false;
    }

    private static bool ReadOffset(string text, ref int at, ReadParts parts)
    {
        if (at < text.Length && text[at] == 'Z')
        {
            at++;
            return true;
        }

        var rest = text.AsSpan(Math.Min(at, text.Length));
        if (rest.Length < 3 || rest[0] is not ('+' or '-') || !rest[1..3].ContainsOnlyDigits())
        {
            return false;
        }

        var hours = int.Parse(rest[1..3], CultureInfo.InvariantCulture);
        var from = rest.Length > 3 && rest[3] == ':' ? 4 : 3;
        var hasMinutes = rest.Length >= from + 2 && rest.Slice(from, 2).ContainsOnlyDigits();
        var minutes = hasMinutes ? int.Parse(rest.Slice(from, 2), CultureInfo.InvariantCulture) : 0;
        parts.Offset = new TimeSpan(hours, minutes, 0) * (rest[0] == '-' ? -1 : 1);
        at += hasMinutes ? from + 2 : 3;
        return hours <= 18 && minutes <= 59;
    }
}
