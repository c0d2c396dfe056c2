namespace Tarn.Delivery.EventTimes;

/// <summary>
/// Reads ISO 8601 as it is found in data: <c>2026-11-23</c>, with <c>T</c> or a space <c>10:11</c>, <c>10:11:12</c>,
/// a fraction after '.' or ',', and <c>Z</c>, <c>+09</c>, <c>+0900</c> or <c>+09:00</c>. Without a zone it is UTC.
/// </summary>
internal ref struct IsoTimeText(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        new IsoTimeText(text.Trim()).TryRead(out time);

    private bool TryRead(out DateTimeOffset time)
    {
        time = default;
        if (!Digits(4, out var year) || !Is('-') || !Digits(2, out var month) || !Is('-') || !Digits(2, out var day))
        {
            return false;
        }

        var clock = TimeSpan.Zero;
        var offset = TimeSpan.Zero;
        if (_at < _text.Length && ((!Is('T') && !Is('t') && !Is(' ')) || !Clock(out clock) || !Offset(out offset)))
        {
            return false;
        }

        if (_at != _text.Length || !IsDate(year, month, day))
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + clock.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool IsDate(int year, int month, int day) =>
        year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private bool Clock(out TimeSpan clock)
    {
        clock = default;
        if (!Digits(2, out var hour) || !Is(':') || !Digits(2, out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        var second = 0;
        var ticks = 0L;
        if (Is(':'))
        {
            if (!Digits(2, out second) || second > 60)
            {
                return false;
            }

            if ((Is('.') || Is(',')) && !Fraction(out ticks))
            {
                return false;
            }
        }

        clock = new TimeSpan(hour, minute, second) + new TimeSpan(ticks);
        return true;
    }

    /// <summary>Digits behind the seventh are cut off.</summary>
    private bool Fraction(out long ticks)
    {
        ticks = 0;
        var start = _at;
        for (var unit = TimeSpan.TicksPerSecond / 10; _at < _text.Length && char.IsAsciiDigit(_text[_at]); _at++)
        {
            ticks += (_text[_at] - '0') * unit;
            unit /= 10;
        }

        return _at > start;
    }

    private bool Offset(out TimeSpan offset)
    {
        offset = default;
        if (_at == _text.Length || Is('Z') || Is('z'))
        {
            return true;
        }

        _ = Is(' ');
        var isWest = Is('-');
        if ((!isWest && !Is('+')) || !Digits(2, out var hours) || hours > 18)
        {
            return false;
        }

        var minutes = 0;
        var hasMinutes = Is(':') || _at < _text.Length;
        if (hasMinutes && (!Digits(2, out minutes) || minutes > 59))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (isWest ? -1 : 1);
        return true;
    }

    private bool Is(char c)
    {
        var isThere = _at < _text.Length && _text[_at] == c;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool Digits(int count, out int number)
    {
        number = 0;
        if (_at + count > _text.Length)
        {
            return false;
        }

        foreach (var c in _text.Slice(_at, count))
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            number = (number * 10) + c - '0';
        }

        _at += count;
        return true;
    }
}
