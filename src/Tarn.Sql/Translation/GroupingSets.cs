namespace Tarn.Sql.Translation;

/// <summary>The grouping sets that the elements of GROUP BY stand for together.</summary>
internal static class GroupingSets
{
    /// <summary>More than any report needs, and what a machine bears.</summary>
    public const int CountMax = 2048;

    /// <summary>All of them, equal ones once; null when they are more than <see cref="CountMax"/>.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Distinct(
        IEnumerable<(string Kind, IReadOnlyList<IReadOnlyList<string>> Sets)> elements)
    {
        List<IReadOnlyList<string>> all = [[]];
        foreach (var (kind, sets) in elements)
        {
            if (kind == "CUBE" && sets.Count > 11)
            {
                return null;
            }

            var own = Expand(kind, sets);
            if ((long)all.Count * own.Count > CountMax)
            {
                return null;
            }

            all = [.. all.SelectMany(left => own.Select(right => (IReadOnlyList<string>)[.. left.Union(right)]))];
        }

        return [.. all.DistinctBy(set => string.Join('\u001f', set.Order(StringComparer.Ordinal)))];
    }

    private static List<IReadOnlyList<string>> Expand(string kind, IReadOnlyList<IReadOnlyList<string>> sets) =>
        kind switch
        {
            "ROLLUP" => [.. Enumerable.Range(0, sets.Count + 1).Select(left =>
                (IReadOnlyList<string>)[.. sets.Take(sets.Count - left).SelectMany(set => set)])],
            "CUBE" => [.. Enumerable.Range(0, 1 << sets.Count).Select(mask =>
                (IReadOnlyList<string>)[.. sets.Where((_, i) => (mask & (1 << i)) == 0).SelectMany(set => set)])],
            _ => [.. sets],
        };
}
