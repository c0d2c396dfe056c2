using System.Globalization;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>
/// Readers of dates, times, timestamps and intervals. DuckDB counts from 1970-01-01; .NET holds years 1 to 9999.
/// </summary>
internal static class TimeReaders
{
    private const long MicrosPerDay = 86_400_000_000;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Null when <paramref name="type"/> has nothing to do with time.</summary>
    public static ValueReader? Create(DuckDBType type, string column) => type switch
    {
        DuckDBType.Date => new ScalarReader<int>(days => Date(days, column)),
        DuckDBType.Time => new ScalarReader<long>(micros => Time(micros, column)),
        DuckDBType.TimeTz => new ScalarReader<ulong>(TimeWithZone),
        DuckDBType.Timestamp => Stamp(TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified, column),
        DuckDBType.TimestampTz => Stamp(TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc, column),
        DuckDBType.TimestampMs => Stamp(TimeSpan.TicksPerMillisecond, DateTimeKind.Unspecified, column),
        DuckDBType.TimestampS => Stamp(TimeSpan.TicksPerSecond, DateTimeKind.Unspecified, column),
        DuckDBType.TimestampNs => new ScalarReader<long>(
            nanos => Stamp((nanos - (((nanos % 100) + 100) % 100)) / 100, 1, DateTimeKind.Unspecified, column)),
        DuckDBType.Interval => new ScalarReader<StoredInterval>(Interval),
        _ => null,
    };

    private static DateOnly Date(int days, string column)
    {
        var number = (long)EpochDay + days;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number)
            : throw OutOfRange(column);
    }

    private static TimeOnly Time(long micros, string column) => micros is >= 0 and < MicrosPerDay
        ? new TimeOnly(micros * TimeSpan.TicksPerMicrosecond)
        : throw OutOfRange(column);

    private static ScalarReader<long> Stamp(long ticksPerUnit, DateTimeKind kind, string column) =>
        new(value => Stamp(value, ticksPerUnit, kind, column));

    private static DateTime Stamp(long value, long ticksPerUnit, DateTimeKind kind, string column)
    {
        var ticks = ((Int128)value * ticksPerUnit) + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, kind)
            : throw OutOfRange(column);
    }

    /// <summary>40 bits of microseconds, then 24 bits of 57,599 minus the offset in seconds.</summary>
    private static string TimeWithZone(ulong bits)
    {
        var micros = (long)(bits >> 24);
        var offset = TimeSpan.FromSeconds(57_599 - (long)(bits & 0xFFFFFF));
        var time = new TimeSpan(micros * TimeSpan.TicksPerMicrosecond);
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var clock = $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}.{micros % 1_000_000:000000}";
        return string.Create(CultureInfo.InvariantCulture, $"{clock}{sign}{offset:hh\\:mm}");
    }

    private static object Interval(StoredInterval stored)
    {
        if (stored.Months != 0)
        {
            return new DuckDbInterval(stored.Months, stored.Days, stored.Micros);
        }

        var micros = ((Int128)stored.Days * MicrosPerDay) + stored.Micros;
        var ticks = micros * TimeSpan.TicksPerMicrosecond;
        return ticks >= long.MinValue && ticks <= long.MaxValue
            ? new TimeSpan((long)ticks)
            : new DuckDbInterval(0, stored.Days, stored.Micros);
    }

    private static TarnException OutOfRange(string column) => new(
        ErrorKind.Unsupported,
        $"column '{column}' has a value outside the years 1 to 9999",
        hint: "cast it to VARCHAR");

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct StoredInterval
    {
        public readonly int Months;
        public readonly int Days;
        public readonly long Micros;
    }
}
