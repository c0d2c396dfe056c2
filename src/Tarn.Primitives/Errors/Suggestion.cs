namespace Tarn.Primitives.Errors;

/// <summary>
/// Finds the known word nearest to a mistyped one, for hints such as "did you mean 'retention_hours'?".
/// </summary>
public static class Suggestion
{
    /// <summary>
    /// The nearest of <paramref name="known"/> by edit distance, or null when none is close (a third of the word).
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(2, word.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>"did you mean 'x'?" or null, ready to be used as a hint.</summary>
    public static string? Hint(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } nearest ? $"did you mean '{nearest}'?" : null;

    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
