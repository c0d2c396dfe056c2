using System.Globalization;

namespace Tarn.Commands;

/// <summary>Numbers as people read them.</summary>
internal static class Sizes
{
    private const double RoundedUp = 999.95; // shown with one decimal, this would be 1000.0

    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Bytes in decimal units, such as <c>1.2 MB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= (unit == 0 ? 1000 : RoundedUp) && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>Milliseconds as <c>850 ms</c> or <c>12.3 s</c>.</summary>
    public static string Duration(long milliseconds) => milliseconds < 1000
        ? $"{milliseconds} ms"
        : (milliseconds / 1000.0).ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
