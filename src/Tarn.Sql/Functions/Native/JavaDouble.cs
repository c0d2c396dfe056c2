using System.Globalization;

namespace Tarn.Sql.Functions.Native;

/// <summary>Doubles as Java prints them: <c>0.1</c>, <c>5.0</c>, <c>1.0E7</c>, <c>NaN</c>.</summary>
internal static class JavaDouble
{
    public static string Text(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var size = Math.Abs(value);
        if (size is >= 1e-3 and < 1e7)
        {
            var plain = ((decimal)value).ToString(CultureInfo.InvariantCulture);
            var exact = value.ToString("R", CultureInfo.InvariantCulture);
            plain = exact.Contains('E', StringComparison.Ordinal) ? plain : exact;
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal) + 1;
        var exponent = int.Parse(text[exponentAt..], CultureInfo.InvariantCulture);
        var mantissaEnd = shortest.IndexOf('E', StringComparison.Ordinal);
        var digits = (mantissaEnd < 0 ? shortest : shortest[..mantissaEnd])
            .Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0').TrimEnd('0');
        var fraction = digits.Length > 1 ? digits[1..] : "0";
        return $"{(value < 0 ? "-" : "")}{digits[0]}.{fraction}E{exponent}";
    }
}
