using System.Globalization;

namespace Tarn.Console.Tiles;

/// <summary>
/// Orders column values: numbers of any type by size, times by time, text by its code points, everything else by its
/// text; null comes before all.
/// </summary>
internal sealed class ValueComparer : IComparer<object?>
{
    public static readonly ValueComparer Instance = new();

    public int Compare(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        (DateTime a, DateTime b) => a.CompareTo(b),
        (DateOnly a, DateOnly b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (decimal a, decimal b) => a.CompareTo(b),
        _ when IsNumber(x) && IsNumber(y) => Number(x).CompareTo(Number(y)),
        _ => string.CompareOrdinal(Text(x), Text(y)),
    };

    private static bool IsNumber(object value) => value is long or int or double or float or decimal or ulong;

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
