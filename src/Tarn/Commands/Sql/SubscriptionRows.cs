using System.Text.Json;

namespace Tarn.Commands.Sql;

/// <summary>
/// The rows that a subscriber has, and what became of them. A row is known by its key columns; without any, by all of
/// its values. Rows that a later whole view no longer has are told as removed.
/// </summary>
internal sealed class SubscriptionRows
{
    private readonly Dictionary<string, JsonElement> rows = new(StringComparer.Ordinal);
    private bool isFirst = true;

    /// <summary>Else it began with changes of what the reader has from before.</summary>
    private bool hasAll;
    private bool hidesKeys;
    private IReadOnlyList<int> keys = [];

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Takes an event <c>snapshot</c> or <c>changes</c>, and gives what it changed.</summary>
    public IReadOnlyList<RowChange> Take(string name, JsonElement data)
    {
        hasAll |= name == "snapshot";
        var version = data.GetProperty("version").GetInt64();
        var all = data.GetProperty("rows").EnumerateArray().ToList();
        Learn(data.GetProperty("columns"), all);
        var found = new List<RowChange>();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var appends = data.TryGetProperty("appends", out var isAppending) && isAppending.GetBoolean();
        foreach (var (key, row) in appends ? Added(all) : Keyed(all))
        {
            kept.Add(key);
            var isKnown = rows.TryGetValue(key, out var before);
            rows[key] = row;
            if (!isKnown || before.GetRawText() != row.GetRawText())
            {
                found.Add(new RowChange(version, isFirst && name == "snapshot" ? "snapshot" : "upsert", row));
            }
        }

        if (data.TryGetProperty("removed", out var removed))
        {
            found.AddRange(Remove(removed, version));
        }

        if (name == "snapshot")
        {
            foreach (var gone in rows.Keys.Where(key => !kept.Contains(key)).ToList())
            {
                found.Add(new RowChange(version, "remove", rows[gone]));
                rows.Remove(gone);
            }
        }

        isFirst = false;
        return data.TryGetProperty("position", out var position)
            ? [.. found.Select(change => change with { Position = position.GetString() })] : found;
    }

    /// <summary>Rows that are told by their key columns alone.</summary>
    private IEnumerable<RowChange> Remove(JsonElement removed, long version)
    {
        foreach (var row in removed.EnumerateArray())
        {
            if (rows.Remove($"{KeyOf(row)}#1", out var known))
            {
                yield return new RowChange(version, "remove", known);
            }
            else if (!hasAll)
            {
                yield return new RowChange(version, "remove", row);
            }
        }
    }

    /// <summary>A view may hide some of its keys: rows that are alike in the others are then known by all values.
    /// </summary>
    private void Learn(JsonElement columns, List<JsonElement> all)
    {
        Columns = [.. columns.EnumerateArray().Select(column => column.GetProperty("name").GetString()!)];
        keys = hidesKeys
            ? []
            :
            [
                .. columns.EnumerateArray().Index().Where(pair => pair.Item.GetProperty("is_key").GetBoolean())
                    .Select(pair => pair.Index),
            ];
        if (keys.Count > 0 && all.Select(KeyOf).Distinct(StringComparer.Ordinal).Count() < all.Count)
        {
            var known = rows.Values.ToList();
            (hidesKeys, keys) = (true, []);
            rows.Clear();
            foreach (var (key, row) in Keyed(known))
            {
                rows[key] = row;
            }
        }
    }

    /// <summary>Equal rows are told apart by a number.</summary>
    private IEnumerable<(string Key, JsonElement Row)> Keyed(List<JsonElement> all)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in all)
        {
            var key = KeyOf(row);
            var number = seen[key] = seen.GetValueOrDefault(key) + 1;
            yield return ($"{key}#{number}", row);
        }
    }

    /// <summary>Rows beside those that are there, equal ones too.</summary>
    private IEnumerable<(string Key, JsonElement Row)> Added(List<JsonElement> all)
    {
        foreach (var row in all)
        {
            var number = 1;
            while (rows.ContainsKey($"{row.GetRawText()}#{number}"))
            {
                number++;
            }

            yield return ($"{row.GetRawText()}#{number}", row);
        }
    }

    private string KeyOf(JsonElement row) => keys.Count == 0
        ? row.GetRawText()
        : string.Join(',', keys.Select(key => row[key].GetRawText()));
}
