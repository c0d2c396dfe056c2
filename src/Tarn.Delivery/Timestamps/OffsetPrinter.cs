using System.Globalization;
using System.Text;

namespace Tarn.Delivery.Timestamps;

/// <summary>Prints an offset from UTC in the forms that X, x, Z and O ask for.</summary>
internal static class OffsetPrinter
{
    public static void Print(StringBuilder output, char letter, int count, TimeSpan offset)
    {
        if (letter == 'O' || (letter == 'Z' && count == 4))
        {
            PrintLocalized(output, isFull: count == 4, offset);
            return;
        }

        if (letter is 'X' && offset == TimeSpan.Zero)
        {
            output.Append('Z');
            return;
        }

        if (letter == 'Z')
        {
            if (count == 5 && offset == TimeSpan.Zero)
            {
                output.Append('Z');
                return;
            }

            count = count == 5 ? 3 : 2;
        }

        var hasColon = count is 3 or 5;
        var hasMinutes = count > 1 || offset.Minutes != 0;
        AppendSign(output, offset);
        output.Append(CultureInfo.InvariantCulture, $"{Math.Abs(offset.Hours):D2}");
        if (hasMinutes)
        {
            output.Append(hasColon ? ":" : "");
            output.Append(CultureInfo.InvariantCulture, $"{Math.Abs(offset.Minutes):D2}");
        }
    }

    private static void PrintLocalized(StringBuilder output, bool isFull, TimeSpan offset)
    {
        output.Append("GMT");
        if (offset == TimeSpan.Zero)
        {
            return;
        }

        AppendSign(output, offset);
        var hours = Math.Abs(offset.Hours);
        output.Append(hours.ToString(isFull ? "D2" : "D1", CultureInfo.InvariantCulture));
        if (isFull || offset.Minutes != 0)
        {
            output.Append(CultureInfo.InvariantCulture, $":{Math.Abs(offset.Minutes):D2}");
        }
    }

    private static void AppendSign(StringBuilder output, TimeSpan offset) =>
        output.Append(offset < TimeSpan.Zero ? '-' : '+');
}
