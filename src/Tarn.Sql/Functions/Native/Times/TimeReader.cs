using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;

namespace Tarn.Sql.Functions.Native.Times;

/// <summary>
/// Text by a pattern. What the pattern does not say is that of 1970-01-01 00:00. Names are English, in any case.
/// </summary>
internal ref struct TimeReader
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    private static readonly string[] Months = [.. English.MonthNames[..12], .. English.AbbreviatedMonthNames[..12]];
    private static readonly string[] Days = [.. English.DayNames, .. English.AbbreviatedDayNames];

    private readonly string _text;
    private readonly ReadFields _fields;
    private int _at;

    private TimeReader(string text)
    {
        _text = text;
        _fields = new ReadFields();
    }

    /// <summary>The wall clock, and the minutes east of Greenwich when the text names them.</summary>
    public static (DateTime Local, int? OffsetMinutes) Read(IReadOnlyList<TimeElement> elements, string text)
    {
        var reader = new TimeReader(text);
        foreach (var element in elements)
        {
            reader.Take(element);
        }

        return reader._at == text.Length
            ? (reader._fields.ToLocal(text), reader._fields.OffsetMinutes)
            : throw reader.Malformed();
    }

    private void Take(TimeElement element)
    {
        switch (element.Field)
        {
            case TimeField.Literal: Expect(element.Text); break;
            case TimeField.Era: TakeName(["AD"]); break;
            case TimeField.MonthShort or TimeField.MonthText:
                _fields.Set(TimeField.Month, (TakeName(Months) % 12) + 1);
                break;
            case TimeField.DayShort or TimeField.DayText:
                var day = TakeName(Days) % 7;
                _fields.Set(TimeField.DayOfWeek, day == 0 ? 7 : day);
                break;
            case TimeField.HalfDay: _fields.Set(TimeField.HalfDay, TakeName(["AM", "PM"])); break;
            case TimeField.Fraction: TakeFraction(element.DigitsMax); break;
            case TimeField.Offset or TimeField.ZoneId: TakeZone(); break;
            case TimeField.ZoneText: throw Define.Invalid("a time zone's name cannot be parsed");
            case TimeField.TwoDigitYear: TakeShortYear(int.Parse(element.Text, CultureInfo.InvariantCulture)); break;
            default: _fields.Set(element.Field, TakeNumber(element.DigitsMax)); break;
        }
    }

    private void Expect(string literal)
    {
        if (!_text.AsSpan(_at).StartsWith(literal, StringComparison.OrdinalIgnoreCase))
        {
            throw Malformed();
        }

        _at += literal.Length;
    }

    private int TakeNumber(int digitsMax)
    {
        var start = _at;
        while (_at < _text.Length && _at - start < digitsMax && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _at > start
            ? int.Parse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture)
            : throw Malformed();
    }

    private void TakeShortYear(int pivot)
    {
        var start = _at;
        var value = TakeNumber(2);
        if (_at - start != 2)
        {
            _at = start;
            throw Malformed();
        }

        var low = pivot - 50;
        _fields.Set(TimeField.Year, low + ((value - (low % 100) + 100) % 100));
    }

    private void TakeFraction(int digitsMax)
    {
        var start = _at;
        TakeNumber(digitsMax);
        var digits = _text[start.._at].PadRight(3, '0')[..3];
        _fields.Set(TimeField.Fraction, int.Parse(digits, CultureInfo.InvariantCulture));
    }

    /// <summary>The longest name that stands here.</summary>
    private int TakeName(string[] names)
    {
        var found = -1;
        for (var i = 0; i < names.Length; i++)
        {
            if (_text.AsSpan(_at).StartsWith(names[i], StringComparison.OrdinalIgnoreCase)
                && (found < 0 || names[i].Length > names[found].Length))
            {
                found = i;
            }
        }

        if (found < 0)
        {
            throw Malformed();
        }

        _at += names[found].Length;
        return found;
    }

    private void TakeZone()
    {
        var end = _at;
        while (end < _text.Length
            && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '+' or '-' or ':' or '/' or '_'))
        {
            end++;
        }

        var zone = Zones.Normalize(_text[_at..end]);
        _fields.OffsetMinutes = zone == "UTC" ? 0
            : zone is null ? throw Malformed()
            : Zones.Minutes(zone) ?? throw Define.Error(
                "NOT_SUPPORTED", $"the time zone '{zone}' cannot be parsed from text here: use an offset");
        _at = end;
    }

    private readonly TarnException Malformed() => Define.Invalid(
        _at >= _text.Length
            ? $"Invalid format: \"{_text}\" is too short"
            : $"Invalid format: \"{_text}\" is malformed at \"{_text[_at..]}\"");
}
