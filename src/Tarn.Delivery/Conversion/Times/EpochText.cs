using System.Globalization;

namespace Tarn.Delivery.Conversion.Times;

/// <summary>Numbers that count from 1970-01-01 UTC.</summary>
internal static class EpochText
{
    /// <summary>From here on a number counts milliseconds, below seconds.</summary>
    private const decimal MillisMin = 1_000_000_000_000m;

    /// <summary>The year 5138.</summary>
    private const decimal MillisMax = 100_000_000_000_000m;

    /// <summary>Microseconds of seconds with or without a fraction, or of milliseconds, whichever it must be.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros) =>
        TryNumber(text, out var number) & TryMicros(
            Math.Abs(number) < MillisMin ? number * 1000 : number, out micros);

    /// <summary>Microseconds of milliseconds, whole or with a fraction.</summary>
    public static bool TryParseMillis(ReadOnlySpan<byte> text, out long micros) =>
        TryNumber(text, out var number) & TryMicros(number, out micros);

    private static bool TryNumber(ReadOnlySpan<byte> text, out decimal number)
    {
        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryMicros(decimal millis, out long micros)
    {
        var fits = Math.Abs(millis) <= MillisMax;
        micros = fits ? (long)decimal.Truncate(millis * 1000) : 0;
        return fits;
    }
}
