using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>How a table's SerDe reads JSON: what it was declared with. Hive's has none of OpenX's choices.</summary>
/// <param name="IgnoresCase">Whether keys go to columns and fields without regard to case.</param>
/// <param name="DotsAreUnderscores">A key <c>a.b</c> goes to column <c>a_b</c>.</param>
/// <param name="MalformedIsNull">A line that is no JSON object is a row of NULLs instead of a failure.</param>
/// <param name="InvalidIsNull">A value that its type cannot hold is NULL instead of a failure.</param>
/// <param name="Keys">The key of a column or field that is spelt otherwise.</param>
internal sealed record JsonSerDe(
    bool IsOpenX,
    bool IgnoresCase,
    bool DotsAreUnderscores,
    bool MalformedIsNull,
    bool InvalidIsNull,
    IReadOnlyDictionary<string, string> Keys)
{
    private const string Mapping = "mapping.";

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "case.insensitive", "dots.in.keys", "ignore.malformed.json", "use.null.for.invalid.data",
        "timestamp.formats", "strip.outer.array", "skip.header.line.count", "skip.footer.line.count",
    };

    /// <summary>A version that Hive writes, a crawler's note of the keys it saw, a choice for writers only.</summary>
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.OrdinalIgnoreCase)
    {
        "serialization.format", "paths", "explicit.null",
    };

    public StringComparer Comparer => IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static JsonSerDe Of(string owner, StorageDescriptor storage)
    {
        var properties = new Dictionary<string, string>(
            storage.SerDeParameters, StringComparer.OrdinalIgnoreCase);
        var isOpenX = storage.SerDe == SerDeNames.OpenXJson;
        Refuse(owner, storage, properties, "timestamp.formats", value => value.Length > 0);
        Refuse(owner, storage, properties, "strip.outer.array", IsTrue);
        if (!isOpenX)
        {
            Refuse(owner, storage, properties, "case.insensitive", value => !IsTrue(value));
            foreach (var name in new[] { "dots.in.keys", "ignore.malformed.json", "use.null.for.invalid.data" })
            {
                Refuse(owner, storage, properties, name, IsTrue);
            }
        }

        foreach (var (name, value) in properties.Where(pair => !IsKnown(pair.Key)))
        {
            throw Refusal(owner, storage, name, value);
        }

        var keys = properties
            .Where(pair => pair.Key.StartsWith(Mapping, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(pair => pair.Key[Mapping.Length..], pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        if (!isOpenX && keys.Count > 0)
        {
            throw Refusal(owner, storage, Mapping + keys.First().Key, keys.First().Value);
        }

        return new JsonSerDe(
            isOpenX,
            IsTrue(properties.GetValueOrDefault("case.insensitive", "true")),
            IsTrue(properties.GetValueOrDefault("dots.in.keys", "")),
            IsTrue(properties.GetValueOrDefault("ignore.malformed.json", "")),
            IsTrue(properties.GetValueOrDefault("use.null.for.invalid.data", "")),
            keys);
    }

    /// <summary>Places of names by the keys of the files, -1 for a key without one.</summary>
    public Func<string, int> Finder(IReadOnlyList<string> names)
    {
        var byKey = new Dictionary<string, int>(Comparer);
        var byName = new Dictionary<string, int>(Comparer);
        for (var index = 0; index < names.Count; index++)
        {
            if (!Keys.TryGetValue(names[index], out var key))
            {
                key = names[index];
                byName[key] = index;
            }

            if (!byKey.TryAdd(key, index))
            {
                throw new TarnException(
                    ErrorKind.Unsupported,
                    $"columns '{names[byKey[key]]}' and '{names[index]}' are both read from the JSON key '{key}'",
                    hint: "give each a key of its own") { Code = "NOT_SUPPORTED" };
            }
        }

        return DotsAreUnderscores
            ? key => byKey.TryGetValue(key, out var at) ? at
                : byName.GetValueOrDefault(key.Replace('.', '_'), -1)
            : key => byKey.GetValueOrDefault(key, -1);
    }

    private static bool IsKnown(string name) =>
        Known.Contains(name) || WithoutEffect.Contains(name)
        || name.StartsWith(Mapping, StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static void Refuse(
        string owner,
        StorageDescriptor storage,
        Dictionary<string, string> properties,
        string name,
        Predicate<string> isRefused)
    {
        if (properties.TryGetValue(name, out var value) && isRefused(value))
        {
            throw Refusal(owner, storage, name, value);
        }
    }

    private static TarnException Refusal(string owner, StorageDescriptor storage, string name, string value) => new(
        ErrorKind.Unsupported,
        $"{owner} has the SerDe property '{name}' = '{value}', which is not supported"
            + $" with {storage.SerDe}",
        hint: $"{SerDeNames.OpenXJson} supports case.insensitive, dots.in.keys, ignore.malformed.json,"
            + " use.null.for.invalid.data and mapping.<column>") { Code = "NOT_SUPPORTED" };
}
