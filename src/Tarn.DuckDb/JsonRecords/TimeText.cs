namespace Tarn.DuckDb.JsonRecords;

/// <summary>
/// Dates and timestamps from ISO 8601 text: <c>yyyy-MM-dd</c>, then optionally <c>T</c> or a space,
/// <c>HH:mm[:ss[.f...]]</c> and a zone <c>Z</c>, <c>+hh</c>, <c>+hhmm</c> or <c>+hh:mm</c>. Without a zone the time is
/// UTC.
/// </summary>
public static class TimeText
{
    private const long MicrosPerSecond = 1_000_000;
    private const long MicrosPerDay = 86_400 * MicrosPerSecond;
    private const int DateLength = 10;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Days since 1970-01-01.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length != DateLength || text[4] != '-' || text[7] != '-'
            || !TryTwo(text, 0, out var century) || !TryTwo(text, 2, out var rest)
            || !TryTwo(text, 5, out var month) || !TryTwo(text, 8, out var day))
        {
            return false;
        }

        var year = (century * 100) + rest;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - EpochDay;
        return true;
    }

    /// <summary>Microseconds since 1970-01-01 UTC; digits beyond are cut.</summary>
    public static bool TryParseTimestamp(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < DateLength || !TryParseDate(text[..DateLength], out var days))
        {
            return false;
        }

        micros = days * MicrosPerDay;
        if (text.Length == DateLength)
        {
            return true;
        }

        if (text[DateLength] is not ((byte)'T' or (byte)' ' or (byte)'t'))
        {
            return false;
        }

        if (!TryParseClock(text[(DateLength + 1)..], out var clock, out var zone)
            || !TryParseZone(zone, out var offset))
        {
            return false;
        }

        micros += clock - (offset * MicrosPerSecond);
        return true;
    }

    private static bool TryParseClock(ReadOnlySpan<byte> text, out long micros, out ReadOnlySpan<byte> rest)
    {
        micros = 0;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !TryTwo(text, 0, out var hour) || !TryTwo(text, 3, out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        var second = 0;
        var at = 5;
        if (text.Length > at && text[at] == ':')
        {
            if (text.Length < 8 || !TryTwo(text, 6, out second) || second > 59)
            {
                return false;
            }

            at = 8;
            if (text.Length > at && text[at] == '.')
            {
                var unit = MicrosPerSecond;
                for (at++; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
                {
                    unit /= 10;
                    micros += (text[at] - '0') * unit;
                }

                if (unit == MicrosPerSecond)
                {
                    return false;
                }
            }
        }

        micros += ((((hour * 60) + minute) * 60) + second) * MicrosPerSecond;
        rest = text[at..];
        return true;
    }

    /// <summary>Seconds east of Greenwich.</summary>
    private static bool TryParseZone(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        if (text.Length == 0 || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        var minute = 0;
        var hasMinutes = text.Length switch
        {
            3 => true,
            5 => TryTwo(text, 3, out minute),
            6 => text[3] == ':' && TryTwo(text, 4, out minute),
            _ => false,
        };
        if (!hasMinutes || !TryTwo(text, 1, out var hour) || hour > 15 || minute > 59)
        {
            return false;
        }

        offset = ((hour * 60) + minute) * (text[0] == '-' ? -60 : 60);
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        value = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }
}
