using System.Buffers.Text;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>Decimals of up to 38 digits from their text, exactly.</summary>
public static class WideNumberText
{
    private const int DigitsMax = 38;
    private const int ExponentMax = 1000;

    private static readonly UInt128[] Powers = MakePowers();

    /// <summary>
    /// A number times 10^scale, rounded half away from zero; false when it has more digits than the width.
    /// </summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, int width, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        var isNegative = text is [(byte)'-', ..];
        var mantissa = isNegative ? text[1..] : text;
        var shift = scale;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var mark)
        {
            var power = mantissa[(mark + 1)..];
            if (!Utf8Parser.TryParse(power, out int exponent, out var used) || used != power.Length)
            {
                return false;
            }

            shift += Math.Clamp(exponent, -ExponentMax, ExponentMax);
            mantissa = mantissa[..mark];
        }

        if (!TryShift(mantissa, shift, out var size) || size >= Powers[width])
        {
            return false;
        }

        unscaled = isNegative ? -(Int128)size : (Int128)size;
        return true;
    }

    /// <summary>Digits with a point, times 10^shift, rounded; false for other letters or too many digits.</summary>
    private static bool TryShift(ReadOnlySpan<byte> digits, int shift, out UInt128 value)
    {
        value = 0;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits.Length : point;
        if (digits.Length == (point < 0 ? 0 : 1))
        {
            return false;
        }

        var place = whole + shift; // Digits before this place are kept, the first one after it decides the rounding.
        var (taken, roundsUp) = (0, false);
        for (var index = 0; index < digits.Length; index++)
        {
            var letter = digits[index];
            if (index == point)
            {
                continue;
            }

            if (letter is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            if (taken < place)
            {
                if (value >= Powers[DigitsMax - 1])
                {
                    return false;
                }

                value = (value * 10) + (UInt128)(letter - '0');
            }
            else if (taken == place)
            {
                roundsUp = letter >= '5';
            }

            taken++;
        }

        var zeros = place - taken;
        if (zeros > 0 && value > 0)
        {
            if (zeros >= DigitsMax || value > (Powers[DigitsMax] - 1) / Powers[zeros])
            {
                return false;
            }

            value *= Powers[zeros];
        }

        value += roundsUp ? 1u : 0u;
        return true;
    }

    private static UInt128[] MakePowers()
    {
        var powers = new UInt128[DigitsMax + 1];
        powers[0] = 1;
        for (var index = 1; index < powers.Length; index++)
        {
            powers[index] = powers[index - 1] * 10;
        }

        return powers;
    }
}
