using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>split with a limit, split_to_map and split_to_multimap.</summary>
internal static class Splitting
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_split", (string text, string delimiter, long limit) => Split(text, delimiter, limit)),
        Define.Of("tarn_split_keys", (string text, string entry, string pair) => Pick(Pairs(text, entry, pair), 0)),
        Define.Of("tarn_split_values", (string text, string entry, string pair) => Pick(Pairs(text, entry, pair), 1)),
        Define.Of(
            "tarn_split_multi_keys",
            (string text, string entry, string pair) => Entries(text, entry, pair).Select(e => e.Key).Distinct()
                .ToArray<string?>()),
        new("tarn_split_multi_values", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR[][]", Lists),
    ];

    private static string?[] Split(string text, string delimiter, long limit)
    {
        if (limit is <= 0 or > int.MaxValue)
        {
            throw Define.Invalid(limit <= 0 ? "Limit must be positive" : "Limit is too large");
        }

        return delimiter.Length == 0
            ? throw Define.Invalid("The delimiter may not be the empty string")
            : text.Split(delimiter, (int)limit);
    }

    private static void Lists(FunctionRow row)
    {
        var groups = Entries(row.GetText(0), row.GetText(1), row.GetText(2))
            .GroupBy(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal)
            .Select(group => group.ToList())
            .ToList();
        row.SetList(groups.Count, (list, at) =>
            list.SetList(groups[at].Count, (cell, i) => cell.SetText(groups[at][i])));
    }

    private static string?[] Pick(List<(string Key, string Value)> entries, int part) =>
        [.. entries.Select(entry => part == 0 ? entry.Key : entry.Value)];

    private static List<(string Key, string Value)> Pairs(string text, string entry, string pair)
    {
        var entries = Entries(text, entry, pair);
        var known = new HashSet<string>(StringComparer.Ordinal);
        return entries.Find(candidate => !known.Add(candidate.Key)) is { Key: { } key }
            ? throw Define.Invalid($"Duplicate keys ({key}) are not allowed")
            : entries;
    }

    private static List<(string Key, string Value)> Entries(string text, string entryDelimiter, string pairDelimiter)
    {
        if (entryDelimiter.Length == 0 || pairDelimiter.Length == 0)
        {
            throw Define.Invalid(
                entryDelimiter.Length == 0 ? "entryDelimiter is empty" : "keyValueDelimiter is empty");
        }

        if (entryDelimiter == pairDelimiter)
        {
            throw Define.Invalid("entryDelimiter and keyValueDelimiter must not be the same");
        }

        var entries = new List<(string Key, string Value)>();
        foreach (var entry in text.Split(entryDelimiter))
        {
            // What follows the last delimiter may be empty.
            if (entry.Length == 0 && text.EndsWith(entryDelimiter, StringComparison.Ordinal) || text.Length == 0)
            {
                continue;
            }

            entries.Add(entry.Split(pairDelimiter) is [var key, var value]
                ? (key, value)
                : throw Define.Invalid(
                    "Key-value delimiter must appear exactly once in each entry. Bad input: '" + entry + "'"));
        }

        return entries;
    }
}
