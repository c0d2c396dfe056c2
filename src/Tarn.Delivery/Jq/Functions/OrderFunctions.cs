using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>Order: null, false, true, numbers, texts, arrays, objects.</summary>
internal static class OrderFunctions
{
    public static IReadOnlyList<JqFunction> All { get; } =
    [
        JqFunction.Plain("sort", "items in order", (run, input) =>
            JqValue.Of([.. Sort(run, input).Select(row => row.Item)])),
        JqFunction.Plain("unique", "the same without repeats", (run, input) => Firsts(Sort(run, input))),
        JqFunction.Plain("min", "the least item", (run, input) => Pick(Keyed(run, input, by: null), isMax: false)),
        JqFunction.Plain("max", "the greatest item", (run, input) => Pick(Keyed(run, input, by: null), isMax: true)),
        JqFunction.Plain("reverse", "items from the last", (run, input) => Reverse(run, input)),
        JqFunction.OfFilters("sort_by", "f", "items by what f gives", (arguments, run, input) =>
            JqValue.Of([.. Sort(run, input, arguments[0]).Select(row => row.Item)])),
        JqFunction.OfFilters("unique_by", "f", "the first item for each", (arguments, run, input) =>
            Firsts(Sort(run, input, arguments[0]))),
        JqFunction.OfFilters("group_by", "f", "arrays of items with the same", (arguments, run, input) =>
            JqValue.Of([.. Groups(Sort(run, input, arguments[0])).Select(JqValue.Of)])),
        JqFunction.OfFilters("min_by", "f", "the item with the least", (arguments, run, input) =>
            Pick(Keyed(run, input, arguments[0]), isMax: false)),
        JqFunction.OfFilters("max_by", "f", "the item with the greatest", (arguments, run, input) =>
            Pick(Keyed(run, input, arguments[0]), isMax: true)),
    ];

    private static List<(JqValue Key, JqValue Item)> Keyed(JqRun run, JqValue input, JqNode? by)
    {
        if (input.Kind != JqKind.Array)
        {
            throw new JqFault($"{input.TypeName} cannot be sorted, as it is not an array");
        }

        run.Grow(input.Array.Count);
        var rows = new List<(JqValue, JqValue)>(input.Array.Count);
        foreach (var item in input.Array.Items)
        {
            run.Step();
            rows.Add((by is null ? item : JqValue.Of([.. by.All(run, item)]), item));
        }

        return rows;
    }

    private static IEnumerable<(JqValue Key, JqValue Item)> Sort(JqRun run, JqValue input, JqNode? by = null) =>
        Keyed(run, input, by).OrderBy(row => row.Key, JqOrder.Instance);

    private static JqValue Firsts(IEnumerable<(JqValue Key, JqValue Item)> sorted) =>
        JqValue.Of([.. Groups(sorted).Select(group => group[0])]);

    private static List<List<JqValue>> Groups(IEnumerable<(JqValue Key, JqValue Item)> sorted)
    {
        var groups = new List<List<JqValue>>();
        JqValue? last = null;
        foreach (var (key, item) in sorted)
        {
            if (last is null || !JqOrder.AreEqual(last.Value, key))
            {
                groups.Add([]);
                last = key;
            }

            groups[^1].Add(item);
        }

        return groups;
    }

    /// <summary>The first of the least, the last of the greatest.</summary>
    private static JqValue Pick(List<(JqValue Key, JqValue Item)> rows, bool isMax)
    {
        if (rows.Count == 0)
        {
            return JqValue.Null;
        }

        var best = rows[0];
        foreach (var row in rows.Skip(1))
        {
            var order = JqOrder.Instance.Compare(row.Key, best.Key);
            best = (isMax ? order >= 0 : order < 0) ? row : best;
        }

        return best.Item;
    }

    private static JqValue Reverse(JqRun run, JqValue input)
    {
        switch (input.Kind)
        {
            case JqKind.Null:
                return JqValue.Of(JqArray.Empty);
            case JqKind.Text when input.Text.Length == 0:
                return JqValue.Of(JqArray.Empty);
            case JqKind.Array:
                run.Grow(input.Array.Count);
                return JqValue.Of([.. input.Array.Items.Reverse()]);
            default:
                throw new JqFault($"cannot reverse {input.TypeName}");
        }
    }
}
