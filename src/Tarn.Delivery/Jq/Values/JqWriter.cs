using System.Globalization;
using System.Text;

namespace Tarn.Delivery.Jq.Values;

/// <summary>Values as JSON, exactly as jq 1.6 prints them with -c.</summary>
internal static class JqWriter
{
    public static string Write(JqValue value)
    {
        switch (value.Kind)
        {
            case JqKind.Null:
                return "null";
            case JqKind.False:
                return "false";
            case JqKind.True:
                return "true";
            case JqKind.Number:
                return value.ExactDigits ?? WriteNumber(value.Number);
            default:
                var output = new StringBuilder();
                Write(output, value);
                return output.ToString();
        }
    }

    /// <summary>
    /// The shortest digits that read back as the same number; an exponent from 15 zeros after the digits on, or five
    /// before them. Not a number is null, infinity the largest number.
    /// </summary>
    public static string WriteNumber(double number)
    {
        if (double.IsNaN(number))
        {
            return "null";
        }

        if (double.IsInfinity(number))
        {
            number = number > 0 ? double.MaxValue : double.MinValue;
        }

        if (number == Math.Floor(number) && Math.Abs(number) < 1e15)
        {
            return number == 0 && double.IsNegative(number)
                ? "-0"
                : ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        var scientific = number.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var exponent = int.Parse(scientific[(scientific.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
        var sign = number < 0 ? "-" : "";
        return sign + Place(digits, point: exponent + 1);
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.AsSpan();
        var e = mantissa.IndexOf('E');
        mantissa = e < 0 ? mantissa : mantissa[..e];
        return mantissa.ToString().Replace(".", "", StringComparison.Ordinal).TrimStart('-').Trim('0');
    }

    /// <summary>Digits with the decimal point after the <paramref name="point"/>th of them.</summary>
    private static string Place(string digits, int point)
    {
        if (point <= -4 || point > digits.Length + 15)
        {
            var exponent = point - 1;
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return digits[..1] + fraction + "e" + (exponent < 0 ? "-" : "+")
                + Math.Abs(exponent).ToString("D2", CultureInfo.InvariantCulture);
        }

        if (point <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        return point >= digits.Length
            ? digits + new string('0', point - digits.Length)
            : digits[..point] + "." + digits[point..];
    }

    private static void Write(StringBuilder output, JqValue value)
    {
        switch (value.Kind)
        {
            case JqKind.Text:
                WriteText(output, value.Text);
                break;
            case JqKind.Array:
                output.Append('[');
                foreach (var (index, item) in value.Array.Items.Index())
                {
                    output.Append(index == 0 ? "" : ",");
                    Write(output, item);
                }

                output.Append(']');
                break;
            case JqKind.Object:
                output.Append('{');
                foreach (var (index, member) in value.Object.Members.Index())
                {
                    output.Append(index == 0 ? "" : ",");
                    WriteText(output, member.Key);
                    output.Append(':');
                    Write(output, member.Value);
                }

                output.Append('}');
                break;
            default:
                output.Append(Write(value));
                break;
        }
    }

    private static void WriteText(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    output.Append('\\').Append(c);
                    break;
                case '\n':
                    output.Append("\\n");
                    break;
                case '\r':
                    output.Append("\\r");
                    break;
                case '\t':
                    output.Append("\\t");
                    break;
                case '\b':
                    output.Append("\\b");
                    break;
                case '\f':
                    output.Append("\\f");
                    break;
                case < ' ' or '\u007f':
                    output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        output.Append('"');
    }
}
