using System.Globalization;
using System.Numerics;

namespace Tarn.Sql.Functions.Native;

/// <summary>Decimal arithmetic on the text of a number, exact for any size.</summary>
internal static class DecimalText
{
    /// <summary>Half up to so many digits after the point; takes an exponent too. Not negative.</summary>
    public static string Round(string number, int digits)
    {
        var (unscaled, scale) = Parse(number);
        if (scale > digits)
        {
            var divisor = BigInteger.Pow(10, scale - digits);
            var (quotient, rest) = BigInteger.DivRem(unscaled, divisor);
            unscaled = rest * 2 >= divisor ? quotient + 1 : quotient;
        }
        else
        {
            unscaled *= BigInteger.Pow(10, digits - scale);
        }

        var text = unscaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return digits == 0 ? text : text[..^digits] + "." + text[^digits..];
    }

    private static (BigInteger Unscaled, int Scale) Parse(string number)
    {
        var exponentAt = number.IndexOfAny(['e', 'E']);
        var exponent = exponentAt < 0 ? 0 : int.Parse(number[(exponentAt + 1)..], CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? number : number[..exponentAt];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : mantissa.Length - point - 1;
        var unscaled = BigInteger.Parse(
            mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        scale -= exponent;
        return scale < 0 ? (unscaled * BigInteger.Pow(10, -scale), 0) : (unscaled, scale);
    }
}
