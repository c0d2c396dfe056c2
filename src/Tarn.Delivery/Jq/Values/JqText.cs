namespace Tarn.Delivery.Jq.Values;

/// <summary>Text counted in code points, as jq does.</summary>
internal static class JqText
{
    public static int Length(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The code points from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    public static string Slice(string text, int start, int end) => text[UnitAt(text, start)..UnitAt(text, end)];

    /// <summary>Which code point the UTF-16 unit belongs to.</summary>
    public static int PointAt(string text, int unit) => Length(text[..unit]);

    public static string AsciiUpper(string text) => Map(text, char.IsAsciiLetterLower, char.ToUpperInvariant);

    public static string AsciiLower(string text) => Map(text, char.IsAsciiLetterUpper, char.ToLowerInvariant);

    private static string Map(string text, Func<char, bool> isMeant, Func<char, char> change) =>
        string.Create(text.Length, (text, isMeant, change), static (output, state) =>
        {
            for (var i = 0; i < output.Length; i++)
            {
                var c = state.text[i];
                output[i] = state.isMeant(c) ? state.change(c) : c;
            }
        });

    private static int UnitAt(string text, int point)
    {
        var unit = 0;
        for (var i = 0; i < point && unit < text.Length; i++)
        {
            unit += unit + 1 < text.Length && char.IsSurrogatePair(text, unit) ? 2 : 1;
        }

        return unit;
    }
}
