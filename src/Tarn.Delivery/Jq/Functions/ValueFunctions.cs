using System.Globalization;
using System.Text.Json;
using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>Kinds of values, and choosing among them.</summary>
internal static class ValueFunctions
{
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
        | NumberStyles.AllowExponent;

    public static IReadOnlyList<JqFunction> All { get; } =
    [
        JqFunction.Plain("type", "the kind's name", (_, input) => JqValue.Of(input.TypeName)),
        JqFunction.Plain("tostring", "text as it is, anything else as JSON", (run, input) => Text(run, input.AsText())),
        JqFunction.Plain("tojson", "JSON text", (run, input) => Text(run, JqWriter.Write(input))),
        JqFunction.Plain("fromjson", "the value of JSON text", (run, input) => FromJson(run, input)),
        JqFunction.Plain("tonumber", "a number, or the number that a text is", (_, input) => ToNumber(input)),
        JqFunction.Plain("not", "true for null and false", (_, input) => JqValue.Of(!input.IsTruthy)),
        JqFunction.Plain("length", "of text in code points, of arrays and objects, size of a number", Length),
        JqFunction.Plain("utf8bytelength", "bytes of a text", (_, input) => JqValue.Of(
            System.Text.Encoding.UTF8.GetByteCount(TextFunctions.TextOf(input, "utf8bytelength")))),
        JqFunction.Many("empty", "", "no value", (_, _, _) => []),
        JqFunction.Plain("error", "fails with the input", (_, input) => throw new JqFault(input.AsText())),
        JqFunction.OfValues("error", "message", "fails", (_, _, values) => throw new JqFault(values[0].AsText())),
        JqFunction.Many("select", "f", "the input where f is true", Select),
        Kinds("values", "not null", value => value.Kind != JqKind.Null),
        Kinds("nulls", "null", value => value.Kind == JqKind.Null),
        Kinds("booleans", "true or false", value => value.Kind is JqKind.True or JqKind.False),
        Kinds("numbers", "a number", value => value.Kind == JqKind.Number),
        Kinds("strings", "text", value => value.Kind == JqKind.Text),
        Kinds("arrays", "an array", value => value.Kind == JqKind.Array),
        Kinds("objects", "an object", value => value.Kind == JqKind.Object),
        Kinds("iterables", "an array or object", value => value.Kind >= JqKind.Array),
        Kinds("scalars", "neither array nor object", value => value.Kind < JqKind.Array),
    ];

    private static JqFunction Kinds(string name, string what, Func<JqValue, bool> isMeant) =>
        JqFunction.Many(name, "", $"the input if it is {what}", (_, _, input) => isMeant(input) ? [input] : []);

    private static IEnumerable<JqValue> Select(IReadOnlyList<JqNode> arguments, JqRun run, JqValue input)
    {
        foreach (var answer in arguments[0].All(run, input))
        {
            if (answer.IsTruthy)
            {
                yield return input;
            }
        }
    }

    private static JqValue Text(JqRun run, string text)
    {
        run.Grow(text.Length);
        return JqValue.Of(text);
    }

    private static JqValue FromJson(JqRun run, JqValue input)
    {
        var text = TextFunctions.TextOf(input, "fromjson");
        run.Grow(text.Length);
        try
        {
            using var document = JsonDocument.Parse(text, JqQuery.JsonForm);
            return JqValue.Of(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new JqFault("text is not JSON");
        }
    }

    private static JqValue ToNumber(JqValue input) => input.Kind switch
    {
        JqKind.Number => input,
        JqKind.Text when double.TryParse(
            input.Text.AsSpan().Trim(" \t\r\n"), NumberForm, CultureInfo.InvariantCulture, out var number)
            && input.Text.AsSpan().ContainsAnyInRange('0', '9') => JqValue.Of(number),
        JqKind.Text => throw new JqFault($"'{input.Text}' cannot be parsed as a number"),
        _ => throw new JqFault($"{input.TypeName} cannot be parsed as a number"),
    };

    private static JqValue Length(JqRun run, JqValue input) => input.Kind switch
    {
        JqKind.Null => JqValue.Of(0),
        JqKind.Number => JqValue.Of(Math.Abs(input.Number)),
        JqKind.Text => JqValue.Of(JqText.Length(input.Text)),
        JqKind.Array => JqValue.Of(input.Array.Count),
        JqKind.Object => JqValue.Of(input.Object.Members.Count),
        _ => throw new JqFault("boolean has no length"),
    };
}
