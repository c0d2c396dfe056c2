namespace Tarn.Delivery.Suggestions;

/// <summary>Members of records that a table has no column for, by name, each with a type that holds it.</summary>
internal static class UnknownMembers
{
    /// <summary>Names kept per shard; records with more of them are odd data.</summary>
    private const int CountMax = 100;

    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    /// <summary>Both together; null when there are none.</summary>
    public static IReadOnlyDictionary<string, string>? Merge(
        IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string> found)
    {
        if (found.Count == 0)
        {
            return before;
        }

        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, type) in (before ?? None).Concat(found))
        {
            if (merged.TryGetValue(name, out var known))
            {
                merged[name] = MemberType.Widest(known, type);
            }
            else if (merged.Count < CountMax)
            {
                merged.Add(name, type);
            }
        }

        return merged;
    }
}
