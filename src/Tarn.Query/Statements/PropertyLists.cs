namespace Tarn.Query.Statements;

/// <summary>Properties as statements write them.</summary>
internal static class PropertyLists
{
    /// <summary>Those there were, with the written ones in their place; the last of a name counts.</summary>
    public static IReadOnlyDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> before, IEnumerable<KeyValuePair<string, string>> written)
    {
        var merged = new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var (name, value) in written)
        {
            merged[name] = value;
        }

        return merged;
    }
}
