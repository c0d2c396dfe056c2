namespace Tarn.Delivery.Timestamps;

/// <summary>The parts of a time while its text is read.</summary>
internal sealed class ReadParts
{
    /// <summary>0 morning, 1 afternoon; -1 when the pattern has no such letter.</summary>
    public int HalfDay = -1;

    private int _year = 1;
    private int _day = 1;
    private int _hour;
    private int _minute;
    private int _second;

    public int Month { get; set; } = 1;

    public long Ticks { get; set; }

    public TimeSpan Offset { get; set; }

    /// <summary>Takes a number; false when it is out of the field's range.</summary>
    public bool Set(char letter, int number)
    {
        switch (letter)
        {
            case 'y' or 'u':
                _year = number;
                return number is >= 1 and <= 9999;
            case 'M' or 'L':
                Month = number;
                return number is >= 1 and <= 12;
            case 'd':
                _day = number;
                return number is >= 1 and <= 31;
            case 'H' or 'K':
                _hour = number;
                return number <= (letter == 'H' ? 23 : 11);
            case 'h' or 'k':
                var full = letter == 'h' ? 12 : 24;
                _hour = number == full ? 0 : number;
                return number >= 1 && number <= full;
            case 'm':
                _minute = number;
                return number <= 59;
            default:
                _second = number;
                return number <= 59;
        }
    }

    /// <summary>The time, when there is such a day.</summary>
    public bool TryMake(out DateTimeOffset time)
    {
        time = default;
        if (_day > DateTime.DaysInMonth(_year, Month))
        {
            return false;
        }

        var hour = HalfDay == 1 && _hour < 12 ? _hour + 12 : _hour;
        var clock = new DateTime(_year, Month, _day, hour, _minute, _second, DateTimeKind.Utc);
        var ticks = clock.Ticks + Ticks - Offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }
}
