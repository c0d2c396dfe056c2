using System.Text;

namespace Tarn.Sql.Functions.Native;

/// <summary>Strings as the code points that Trino counts.</summary>
internal static class CodePoints
{
    private const int LevenshteinCellsMax = 1_000_000;

    public static int[] Of(string text)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            points.Add(rune.Value);
        }

        return [.. points];
    }

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    public static string Text(IEnumerable<int> points)
    {
        var text = new StringBuilder();
        foreach (var point in points)
        {
            text.Append(char.ConvertFromUtf32(point));
        }

        return text.ToString();
    }

    public static string Chr(long point) => point is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF)
        ? char.ConvertFromUtf32((int)point)
        : throw Define.Invalid($"Not a valid Unicode code point: {point}");

    public static int Single(string text) => Of(text) is [var point]
        ? point
        : throw Define.Invalid("Input string must be a single character string");

    public static long Levenshtein(string left, string right)
    {
        var (a, b) = (Of(left), Of(right));
        if ((long)a.Length * b.Length > LevenshteinCellsMax)
        {
            throw Define.Invalid(
                "The combined inputs for Levenshtein distance are too large: the product of their lengths is over "
                + $"{LevenshteinCellsMax}");
        }

        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }

    public static long Hamming(string left, string right)
    {
        var (a, b) = (Of(left), Of(right));
        return a.Length == b.Length
            ? a.Zip(b).Count(pair => pair.First != pair.Second)
            : throw Define.Invalid("The input strings to hamming_distance function must have the same length");
    }

    /// <summary>The nth occurrence, from the end for a negative n; 0 when there is none.</summary>
    public static long Position(string text, string part, long instance)
    {
        if (instance == 0)
        {
            throw Define.Invalid("'instance' must be a positive or negative number.");
        }

        if (part.Length == 0)
        {
            return 1;
        }

        var at = instance > 0 ? -1 : text.Length;
        for (var left = Math.Abs(instance); left > 0; left--)
        {
            at = instance > 0 ? text.IndexOf(part, at + 1, StringComparison.Ordinal) : Before(text, part, at);
            if (at < 0)
            {
                return 0;
            }
        }

        return Count(text.AsSpan(0, at)) + 1;
    }

    /// <summary>The last place before <paramref name="end"/> where the part begins.</summary>
    private static int Before(string text, string part, int end)
    {
        var last = Math.Min(text.Length, end - 1 + part.Length);
        return end <= 0 || last < part.Length
            ? -1
            : text.AsSpan(0, last).LastIndexOf(part, StringComparison.Ordinal);
    }

    /// <summary>What replace gives for an empty search: the replacement around every character.</summary>
    public static string Interleave(string text, string replacement)
    {
        var result = new StringBuilder(replacement);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.ToString()).Append(replacement);
        }

        return result.ToString();
    }
}
