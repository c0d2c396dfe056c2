using System.Globalization;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>
/// strptime as the C library reads it in the C locale. A zone in the text is read over: the time is that of the text.
/// </summary>
internal sealed class TimeReading(string text)
{
    /// <summary>The conversions that are read.</summary>
    public const string Conversions = "aAbBCdDeFhHIjklmMnpRSTtyYzZ%";

    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>What jq shows for days that no text gave.</summary>
    private BrokenTime _time = new(1900, 0, 0, 0, 0, 0, DayOfWeek: 8, DayOfYear: 367);

    private int _at;
    private bool _isDated;
    private bool _hasMonth;
    private bool _hasDay;
    private bool _hasWeekDay;
    private bool _hasYearDay;
    private bool _isHour12;
    private bool _isAfternoon;

    /// <summary>What is left of the text: nothing, or something that begins with space.</summary>
    public string Rest => text[_at..];

    /// <summary>The time, or null when the text is not of that form up to its end or a space.</summary>
    public BrokenTime? Read(string format)
    {
        if (!ReadAll(format) || (_at != text.Length && !char.IsWhiteSpace(text[_at])))
        {
            return null;
        }

        if (_isHour12 && _isAfternoon)
        {
            _time = _time with { Hour = _time.Hour + 12 };
        }

        return Settle();
    }

    /// <summary>Days that follow from what was read.</summary>
    private BrokenTime Settle()
    {
        var isOfYearDay = _isDated && _hasYearDay && !(_hasMonth && _hasDay);
        var time = isOfYearDay ? _time.WithDateOfYearDay() : _time;
        if (!_isDated && time.Day is < 1 or > 31)
        {
            return time;
        }

        var dated = time.WithDays();
        return dated with
        {
            DayOfWeek = _hasWeekDay ? time.DayOfWeek : dated.DayOfWeek,
            DayOfYear = _hasYearDay ? time.DayOfYear : dated.DayOfYear,
        };
    }

    private bool ReadAll(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (char.IsWhiteSpace(format[i]))
            {
                SkipSpace();
            }
            else if (format[i] != '%')
            {
                if (!ReadLiteral(format[i]))
                {
                    return false;
                }
            }
            else if (!ReadField(format[++i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadField(char conversion)
    {
        switch (conversion)
        {
            case 'a' or 'A':
                return ReadName(English.DayNames, English.AbbreviatedDayNames, place =>
                {
                    _time = _time with { DayOfWeek = place };
                    _hasWeekDay = true;
                });
            case 'b' or 'B' or 'h':
                return ReadName(English.MonthNames[..12], English.AbbreviatedMonthNames[..12], SetMonth);
            case 'C':
                return ReadNumber(0, 99, 2, century => SetYear((century * 100) + (_time.Year % 100)));
            case 'd' or 'e':
                return ReadNumber(1, 31, 2, day =>
                {
                    _time = _time with { Day = day };
                    _isDated = _hasDay = true;
                });
            case 'j':
                return ReadNumber(1, 366, 3, day =>
                {
                    _time = _time with { DayOfYear = day - 1 };
                    _hasYearDay = true;
                });
            case 'm':
                return ReadNumber(1, 12, 2, month => SetMonth(month - 1));
            case 'y':
                return ReadNumber(0, 99, 2, year => SetYear(year + (year < 69 ? 2000 : 1900)));
            case 'Y':
                return ReadNumber(0, 9999, 4, year => SetYear(year));
            case 'D':
                return ReadAll("%m/%d/%y");
            case 'F':
                return ReadAll("%Y-%m-%d");
            default:
                return ReadClock(conversion);
        }
    }

    private bool ReadClock(char conversion)
    {
        switch (conversion)
        {
            case 'H' or 'k':
                _isHour12 = false;
                return ReadNumber(0, 23, 2, hour => _time = _time with { Hour = hour });
            case 'I' or 'l':
                _isHour12 = true;
                return ReadNumber(1, 12, 2, hour => _time = _time with { Hour = hour % 12 });
            case 'M':
                return ReadNumber(0, 59, 2, minute => _time = _time with { Minute = minute });
            case 'S':
                return ReadNumber(0, 61, 2, second => _time = _time with { Second = second });
            case 'p':
                return ReadName(["AM", "PM"], ["AM", "PM"], place => _isAfternoon = place == 1);
            case 'R':
                return ReadAll("%H:%M");
            case 'T':
                return ReadAll("%H:%M:%S");
            case 'n' or 't':
                SkipSpace();
                return true;
            case 'Z':
                SkipSpace();
                SkipWhile(c => !char.IsWhiteSpace(c));
                return true;
            case 'z':
                return ReadOffset();
            default:
                return ReadLiteral(conversion);
        }
    }

    private void SetYear(long year)
    {
        _time = _time with { Year = year };
        _isDated = true;
    }

    private void SetMonth(int month)
    {
        _time = _time with { Month = month };
        _isDated = _hasMonth = true;
    }

    private bool ReadLiteral(char c)
    {
        var isThere = _at < text.Length && text[_at] == c;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool ReadNumber(int min, int max, int digitsMax, Action<int> take)
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }

        var start = _at;
        while (_at < text.Length && _at - start < digitsMax && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        if (!int.TryParse(text.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out var number)
            || number < min
            || number > max)
        {
            return false;
        }

        take(number);
        return true;
    }

    private bool ReadName(string[] names, string[] shortNames, Action<int> take)
    {
        for (var i = 0; i < names.Length; i++)
        {
            foreach (var name in (ReadOnlySpan<string>)[names[i], shortNames[i]])
            {
                if (string.Compare(text, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    _at += name.Length;
                    take(i);
                    return true;
                }
            }
        }

        return false;
    }

    private bool ReadOffset()
    {
        SkipSpace();
        if (ReadLiteral('Z'))
        {
            return true;
        }

        if (!ReadLiteral('+') && !ReadLiteral('-'))
        {
            return false;
        }

        var start = _at;
        SkipWhile(char.IsAsciiDigit);
        if (_at - start == 2 && ReadLiteral(':'))
        {
            SkipWhile(char.IsAsciiDigit);
            return _at - start == 5;
        }

        return _at - start is 2 or 4;
    }

    private void SkipSpace() => SkipWhile(char.IsWhiteSpace);

    private void SkipWhile(Func<char, bool> isMeant)
    {
        while (_at < text.Length && isMeant(text[_at]))
        {
            _at++;
        }
    }
}
