using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>Arrays and objects.</summary>
internal static class CollectionFunctions
{
    public static IReadOnlyList<JqFunction> All { get; } =
    [
        JqFunction.Plain("keys", "sorted names, or places of an array", (run, input) =>
            Keys(run, input, isSorted: true)),
        JqFunction.Plain("keys_unsorted", "names as they stand", (run, input) =>
            Keys(run, input, isSorted: false)),
        JqFunction.OfValues("has", "key", "whether there is such a member or item", (_, input, values) =>
            Has(input, values[0])),
        JqFunction.OfValues("in", "container", "has, the other way round", (_, input, values) => Has(values[0], input)),
        JqFunction.OfValues("contains", "part", "whether all of the part is found in it", (run, input, values) =>
            JqValue.Of(Contains(run, input, values[0]))),
        JqFunction.OfValues("inside", "whole", "contains, the other way round", (run, input, values) =>
            JqValue.Of(Contains(run, values[0], input))),
        JqFunction.OfFilters("map", "f", "an array of what f gives for each item", Map),
        JqFunction.OfFilters("map_values", "f", "each value replaced by the first that f gives", MapValues),
        JqFunction.Plain("add", "the sum of all items, null of none", (run, input) => IterateNode.ItemsOf(input)
            .Aggregate(JqValue.Null, (sum, item) => JqArithmetic.Add(run, sum, item))),
        JqFunction.Plain("any", "whether any item is true", (_, input) =>
            JqValue.Of(IterateNode.ItemsOf(input).Any(item => item.IsTruthy))),
        JqFunction.Plain("all", "whether all items are true", (_, input) =>
            JqValue.Of(IterateNode.ItemsOf(input).All(item => item.IsTruthy))),
        JqFunction.OfFilters("any", "f", "whether f is true of any item", (arguments, run, input) =>
            JqValue.Of(Answers(arguments[0], run, IterateNode.ItemsOf(input)).Any(isTrue => isTrue))),
        JqFunction.OfFilters("all", "f", "whether f is true of all items", (arguments, run, input) =>
            JqValue.Of(Answers(arguments[0], run, IterateNode.ItemsOf(input)).All(isTrue => isTrue))),
        JqFunction.OfFilters("any", "values; f", "whether f is true of any of the values", (arguments, run, input) =>
            JqValue.Of(Answers(arguments[1], run, arguments[0].All(run, input)).Any(isTrue => isTrue))),
        JqFunction.OfFilters("all", "values; f", "whether f is true of all of the values", (arguments, run, input) =>
            JqValue.Of(Answers(arguments[1], run, arguments[0].All(run, input)).All(isTrue => isTrue))),
        JqFunction.Plain("first", "the first item", (_, input) => At(input, 0)),
        JqFunction.Plain("last", "the last item", (_, input) => At(input, -1)),
        JqFunction.Many("first", "f", "the first value of f", (arguments, run, input) =>
            arguments[0].All(run, input).Take(1)),
        JqFunction.OfFilters("last", "f", "the last value of f, null of none", (arguments, run, input) =>
            arguments[0].All(run, input).LastOrDefault()),
        JqFunction.Plain("flatten", "arrays within it opened", (run, input) => Flatten(run, input, double.MaxValue)),
        JqFunction.OfValues("flatten", "depth", "the same, that deep", (run, input, values) =>
            Flatten(run, input, NumberFunctions.NumberOf(values[0], "flatten"))),
        JqFunction.Plain("to_entries", "an array of {key, value}", (run, input) => ToEntries(run, input)),
        JqFunction.Plain("from_entries", "an object of them; name and k are read too", (run, input) =>
            FromEntries(run, IterateNode.ItemsOf(input))),
        JqFunction.OfFilters("with_entries", "f", "to_entries, map(f), from_entries", (arguments, run, input) =>
            FromEntries(run, ToEntries(run, input).Array.Items.SelectMany(item => arguments[0].All(run, item)))),
    ];

    private static IEnumerable<bool> Answers(JqNode filter, JqRun run, IEnumerable<JqValue> values) =>
        values.SelectMany(value => filter.All(run, value)).Select(answer => answer.IsTruthy);

    private static JqValue At(JqValue input, int index) => input.Kind switch
    {
        JqKind.Array => input.Array.At(index),
        JqKind.Null => JqValue.Null,
        _ => throw new JqFault($"cannot index {input.TypeName} with number"),
    };

    private static JqValue Keys(JqRun run, JqValue input, bool isSorted)
    {
        switch (input.Kind)
        {
            case JqKind.Array:
                run.Grow(input.Array.Count);
                return JqValue.Of([.. Enumerable.Range(0, input.Array.Count).Select(place => JqValue.Of(place))]);
            case JqKind.Object:
                run.Grow(input.Object.Members.Count);
                var names = isSorted ? JqOrder.SortedNames(input.Object) : [.. input.Object.Members.Keys];
                return JqValue.Of([.. names.Select(JqValue.Of)]);
            default:
                throw new JqFault($"{input.TypeName} has no keys");
        }
    }

    private static JqValue Has(JqValue container, JqValue key) => (container.Kind, key.Kind) switch
    {
        (JqKind.Object, JqKind.Text) => JqValue.Of(container.Object.Find(key.Text) is not null),
        (JqKind.Array, JqKind.Number) => JqValue.Of(key.Number >= 0 && key.Number < container.Array.Count),
        (JqKind.Null, JqKind.Text or JqKind.Number) => JqValue.Of(false),
        _ => throw new JqFault($"cannot check whether {container.TypeName} has a {key.TypeName} key"),
    };

    private static bool Contains(JqRun run, JqValue whole, JqValue part)
    {
        run.Step();
        if (whole.TypeName != part.TypeName)
        {
            throw new JqFault($"{whole.TypeName} and {part.TypeName} cannot have their containment checked");
        }

        return whole.Kind switch
        {
            JqKind.Text => whole.Text.Contains(part.Text, StringComparison.Ordinal),
            JqKind.Array => part.Array.Items.All(item => whole.Array.Items.Any(other => IsWithin(run, other, item))),
            JqKind.Object => part.Object.Members.All(member =>
                whole.Object.Find(member.Key) is { } value && IsWithin(run, value, member.Value)),
            _ => JqOrder.AreEqual(whole, part),
        };
    }

    private static bool IsWithin(JqRun run, JqValue whole, JqValue part) =>
        whole.TypeName == part.TypeName && Contains(run, whole, part);

    private static JqValue Map(IReadOnlyList<JqNode> arguments, JqRun run, JqValue input)
    {
        var made = new List<JqValue>();
        foreach (var item in IterateNode.ItemsOf(input))
        {
            foreach (var value in arguments[0].All(run, item))
            {
                run.Step();
                run.Grow(1);
                made.Add(value);
            }
        }

        return JqValue.Of(made);
    }

    private static JqValue MapValues(IReadOnlyList<JqNode> arguments, JqRun run, JqValue input)
    {
        if (input.Kind != JqKind.Object)
        {
            var items = IterateNode.ItemsOf(input).Select(item => arguments[0].First(run, item));
            return JqValue.Of([.. items.Where(item => item is not null).Select(item => item!.Value)]);
        }

        var made = new OrderedDictionary<string, JqValue>(StringComparer.Ordinal);
        foreach (var (name, value) in input.Object.Members)
        {
            run.Grow(1);
            if (arguments[0].First(run, value) is { } first)
            {
                made[name] = first;
            }
        }

        return JqValue.Of(new JqObject(made));
    }

    private static JqValue Flatten(JqRun run, JqValue input, double depth)
    {
        if (depth < 0)
        {
            throw new JqFault("flatten depth must not be negative");
        }

        var made = new List<JqValue>();
        Flatten(run, IterateNode.ItemsOf(input), depth, made);
        return JqValue.Of(made);
    }

    private static void Flatten(JqRun run, IEnumerable<JqValue> items, double depth, List<JqValue> made)
    {
        foreach (var item in items)
        {
            run.Step();
            if (item.Kind == JqKind.Array && depth > 0)
            {
                Flatten(run, item.Array.Items, depth - 1, made);
            }
            else
            {
                run.Grow(1);
                made.Add(item);
            }
        }
    }

    private static JqValue ToEntries(JqRun run, JqValue input)
    {
        var keys = Keys(run, input, isSorted: false).Array.Items;
        return JqValue.Of([.. keys.Zip(IterateNode.ItemsOf(input), (key, value) => JqValue.Of(new JqObject(
            new OrderedDictionary<string, JqValue>(StringComparer.Ordinal) { ["key"] = key, ["value"] = value })))]);
    }

    private static JqValue FromEntries(JqRun run, IEnumerable<JqValue> entries)
    {
        var made = new OrderedDictionary<string, JqValue>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            run.Step();
            run.Grow(1);
            if (entry.Kind != JqKind.Object)
            {
                throw new JqFault($"cannot index {entry.TypeName} with string \"key\"");
            }

            made[EntryName(entry.Object)] = entry.Object.Find("value") ?? entry.Object.At("Value");
        }

        return JqValue.Of(new JqObject(made));
    }

    /// <summary>The first of these members that is neither null nor false; it must be text.</summary>
    private static string EntryName(JqObject entry)
    {
        foreach (var name in (ReadOnlySpan<string>)["key", "k", "name", "Name", "K", "Key"])
        {
            if (entry.At(name) is { IsTruthy: true } key)
            {
                return key.Kind == JqKind.Text
                    ? key.Text
                    : throw new JqFault($"cannot use {key.TypeName} as object key");
            }
        }

        throw new JqFault("cannot use null as object key");
    }
}
