using System.Buffers.Text;
using System.Numerics;
using System.Text;

namespace Tarn.Query.Binding.Lines;

/// <summary>Decimals of up to 38 digits from their text, rounded half away from zero.</summary>
internal static class WideDecimal
{
    private const int TextBytesMax = 1000;

    /// <summary>The rounded value as plain text; null when it is no number or has too many digits.</summary>
    public static string? Parse(ReadOnlySpan<byte> text, int precision, int scale)
    {
        if (text.Length is 0 or > TextBytesMax)
        {
            return null;
        }

        var isNegative = text[0] == '-';
        var mantissa = text[(isNegative ? 1 : 0)..];
        var exponent = 0;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var mark)
        {
            var power = mantissa[(mark + 1)..];
            if (!Utf8Parser.TryParse(power, out exponent, out var used) || used != power.Length
                || exponent is < -TextBytesMax or > TextBytesMax)
            {
                return null;
            }

            mantissa = mantissa[..mark];
        }

        var digits = new StringBuilder(mantissa.Length);
        var hasPoint = false;
        foreach (var letter in mantissa)
        {
            if (letter == '.' && !hasPoint)
            {
                hasPoint = true;
                continue;
            }

            if (letter is < (byte)'0' or > (byte)'9')
            {
                return null;
            }

            digits.Append((char)letter);
            exponent -= hasPoint ? 1 : 0;
        }

        return digits.Length == 0 ? null : Print(digits.ToString(), exponent + scale, isNegative, precision, scale);
    }

    private static string? Print(string digits, int shift, bool isNegative, int precision, int scale)
    {
        var value = BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        if (shift >= 0)
        {
            value *= BigInteger.Pow(10, shift);
        }
        else
        {
            var unit = BigInteger.Pow(10, -shift);
            value = BigInteger.DivRem(value, unit, out var rest);
            value += rest * 2 >= unit ? 1 : 0;
        }

        if (value >= BigInteger.Pow(10, precision))
        {
            return null;
        }

        var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var point = text.Length - scale;
        return (isNegative ? "-" : "") + text[..point] + (scale == 0 ? "" : "." + text[point..]);
    }
}
