using System.Buffers.Text;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>Whole and decimal numbers from their text, exactly: never by way of a double.</summary>
public static class NumberText
{
    private const int ExponentMax = 400;
    private const int DigitsMax = 18;

    private static readonly long[] Powers = MakePowers();

    /// <summary>A whole number; 1.0 and 1e3 are whole, 1.5 is not.</summary>
    public static bool TryParseWhole(ReadOnlySpan<byte> text, out long value)
    {
        if (Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length)
        {
            return true;
        }

        return text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0
            && TryParse(text, out var negative, out var digits, out var exponent, out var cut)
            && cut == 0
            && TryScale(digits, exponent, mayRound: false, out value)
            && Negate(ref value, negative);
    }

    /// <summary>
    /// A number times 10^scale, rounded half away from zero; false when it has more digits than the width.
    /// </summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, int width, int scale, out long unscaled)
    {
        unscaled = 0;
        if (!TryParse(text, out var negative, out var digits, out var exponent, out var cut)
            || !TryScale(digits, exponent + scale, mayRound: true, out unscaled))
        {
            return false;
        }

        // With fewer digits to drop, those that were cut could not turn the rounding; with none, the first one decides.
        unscaled += exponent + scale == 0 && cut >= 5 ? 1 : 0;
        return unscaled < Powers[width] && Negate(ref unscaled, negative);
    }

    private static bool Negate(ref long value, bool negative)
    {
        value = negative ? -value : value;
        return true;
    }

    /// <summary>digits * 10^exponent as a whole number.</summary>
    private static bool TryScale(long digits, int exponent, bool mayRound, out long value)
    {
        value = digits;
        if (digits == 0 || exponent == 0)
        {
            return true;
        }

        if (exponent > 0)
        {
            if (exponent > DigitsMax || digits > long.MaxValue / Powers[exponent])
            {
                return false;
            }

            value = digits * Powers[exponent];
            return true;
        }

        if (exponent < -DigitsMax)
        {
            value = 0;
            return mayRound;
        }

        var (quotient, remainder) = Math.DivRem(digits, Powers[-exponent]);
        value = remainder >= Powers[-exponent] - remainder ? quotient + 1 : quotient;
        return mayRound || remainder == 0;
    }

    /// <summary>
    /// Sign, the first 18 significant digits and the exponent of a JSON number. Of the digits after those,
    /// <paramref name="cut"/> tells the first, 1 instead of 0 when others follow it.
    /// </summary>
    private static bool TryParse(
        ReadOnlySpan<byte> text, out bool negative, out long digits, out int exponent, out int cut)
    {
        digits = 0;
        exponent = 0;
        cut = 0;
        var cutDigits = false;
        negative = text.Length > 0 && text[0] == '-';
        var at = negative ? 1 : 0;
        var seen = false;
        var fraction = false;
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '.' && !fraction)
            {
                fraction = true;
                continue;
            }

            if (letter is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            seen = true;
            if (digits < Powers[DigitsMax - 1])
            {
                digits = (digits * 10) + (letter - '0');
                exponent -= fraction ? 1 : 0;
            }
            else
            {
                // The first cut digit, or 1 for a zero with something after it.
                cut = cutDigits ? Math.Max(cut, letter == '0' ? 0 : 1) : letter - '0';
                cutDigits = true;
                exponent += fraction ? 0 : 1;
            }
        }

        return seen && (at == text.Length || TryParseExponent(text[at..], ref exponent));
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        text = text[1..];
        if (!Utf8Parser.TryParse(text, out int value, out var consumed) || consumed != text.Length)
        {
            return false;
        }

        exponent = Math.Clamp(exponent + Math.Clamp(value, -ExponentMax, ExponentMax), -ExponentMax, ExponentMax);
        return true;
    }

    private static long[] MakePowers()
    {
        var powers = new long[DigitsMax + 1];
        powers[0] = 1;
        for (var index = 1; index < powers.Length; index++)
        {
            powers[index] = powers[index - 1] * 10;
        }

        return powers;
    }
}
