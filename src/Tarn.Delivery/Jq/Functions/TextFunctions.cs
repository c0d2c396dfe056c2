using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>Text.</summary>
internal static class TextFunctions
{
    public static IReadOnlyList<JqFunction> All { get; } =
    [
        JqFunction.Plain("ascii_downcase", "A-Z as a-z", (run, input) => Map(run, input, JqText.AsciiLower)),
        JqFunction.Plain("ascii_upcase", "a-z as A-Z", (run, input) => Map(run, input, JqText.AsciiUpper)),
        JqFunction.OfValues(
            "startswith", "text", "whether it begins so", (_, input, values) => JqValue.Of(
                TextOf(input, "startswith").StartsWith(TextOf(values[0], "startswith"), StringComparison.Ordinal))),
        JqFunction.OfValues(
            "endswith", "text", "whether it ends so", (_, input, values) => JqValue.Of(
                TextOf(input, "endswith").EndsWith(TextOf(values[0], "endswith"), StringComparison.Ordinal))),
        JqFunction.OfValues("ltrimstr", "text", "without that beginning", (_, input, values) =>
            TrimStart(input, values[0])),
        JqFunction.OfValues("rtrimstr", "text", "without that end", (_, input, values) =>
            TrimEnd(input, values[0])),
        JqFunction.OfValues(
            "split", "separator", "pieces of a text", (run, input, values) => JqArithmetic.Split(
                run, TextOf(input, "split"), TextOf(values[0], "split"))),
        JqFunction.OfValues("join", "separator", "texts, numbers and booleans of an array as one text", Join),
        JqFunction.OfValues("index", "part", "place of the first, in code points", (_, input, values) =>
            Index(input, values[0], isLast: false)),
        JqFunction.OfValues("rindex", "part", "place of the last, in code points", (_, input, values) =>
            Index(input, values[0], isLast: true)),
        JqFunction.OfValues("indices", "part", "all places, in code points", Indices),
    ];

    public static string TextOf(JqValue value, string function) => value.Kind == JqKind.Text
        ? value.Text
        : throw new JqFault($"{function} requires string inputs, not {value.TypeName}");

    private static JqValue Map(JqRun run, JqValue input, Func<string, string> map)
    {
        var text = map(TextOf(input, "change of case"));
        run.Grow(text.Length);
        return JqValue.Of(text);
    }

    private static JqValue TrimStart(JqValue input, JqValue part) =>
        input.Kind == JqKind.Text && part.Kind == JqKind.Text
        && input.Text.StartsWith(part.Text, StringComparison.Ordinal)
            ? JqValue.Of(input.Text[part.Text.Length..])
            : input;

    private static JqValue TrimEnd(JqValue input, JqValue part) =>
        input.Kind == JqKind.Text && part.Kind == JqKind.Text
        && input.Text.EndsWith(part.Text, StringComparison.Ordinal)
            ? JqValue.Of(input.Text[..^part.Text.Length])
            : input;

    private static JqValue Join(JqRun run, JqValue input, JqValue[] values)
    {
        var items = IterateNode.ItemsOf(input).ToList();
        if (items.Count == 0)
        {
            return JqValue.EmptyText;
        }

        var text = string.Join(TextOf(values[0], "join"), items.Select(item => item.Kind switch
        {
            JqKind.Null => "",
            JqKind.Array or JqKind.Object => throw new JqFault($"string and {item.TypeName} cannot be added"),
            _ => item.AsText(),
        }));
        run.Grow(text.Length);
        return JqValue.Of(text);
    }

    private static JqValue Index(JqValue input, JqValue part, bool isLast)
    {
        if (input.Kind == JqKind.Null)
        {
            return JqValue.Null;
        }

        var places = PlacesOf(input, part);
        return places.Count == 0 ? JqValue.Null : JqValue.Of(isLast ? places[^1] : places[0]);
    }

    private static JqValue Indices(JqRun run, JqValue input, JqValue[] values)
    {
        if (input.Kind == JqKind.Null && values[0].Kind != JqKind.Array)
        {
            return JqValue.Null;
        }

        var places = PlacesOf(input, values[0]);
        run.Grow(places.Count);
        return JqValue.Of([.. places.Select(place => JqValue.Of(place))]);
    }

    private static List<int> PlacesOf(JqValue input, JqValue part)
    {
        var places = new List<int>();
        if (input.Kind == JqKind.Array)
        {
            IReadOnlyList<JqValue> items = part.Kind == JqKind.Array ? part.Array.Items : [part];
            places.AddRange(Enumerable.Range(0, input.Array.Count)
                .Where(place => items.Count > 0 && IsAt(input.Array.Items, place, items)));
            return places;
        }

        var text = TextOf(input, "index");
        var wanted = TextOf(part, "index");
        if (wanted.Length == 0)
        {
            throw new JqFault("index requires a part that is not empty");
        }

        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0;)
        {
            places.Add(JqText.PointAt(text, at));
            at = text.IndexOf(wanted, at + wanted.Length, StringComparison.Ordinal);
        }

        return places;
    }

    private static bool IsAt(IReadOnlyList<JqValue> items, int place, IReadOnlyList<JqValue> wanted) =>
        place + wanted.Count <= items.Count
        && wanted.Index().All(item => JqOrder.AreEqual(items[place + item.Index], item.Item));
}
