using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>From keys to columns, or to fields of a struct.</summary>
internal static class KeyFinder
{
    /// <summary>Places of names by key, -1 for a key without one. Throws Unsupported when two share a key.</summary>
    public static Func<string, int> Of(IReadOnlyList<string> names, JsonReading reading)
    {
        var comparer = reading.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var byKey = new Dictionary<string, int>(comparer);
        var byName = new Dictionary<string, int>(comparer);
        for (var index = 0; index < names.Count; index++)
        {
            if (!reading.Keys.TryGetValue(names[index], out var key))
            {
                key = names[index];
                byName[key] = index;
            }

            if (!byKey.TryAdd(key, index))
            {
                throw new TarnException(
                    ErrorKind.Unsupported,
                    $"columns '{names[byKey[key]]}' and '{names[index]}' are both read from the JSON key '{key}'",
                    hint: "give each a key of its own");
            }
        }

        return reading.DotsAreUnderscores
            ? key => byKey.TryGetValue(key, out var at) ? at
                : byName.GetValueOrDefault(key.Replace('.', '_'), -1)
            : key => byKey.GetValueOrDefault(key, -1);
    }
}
