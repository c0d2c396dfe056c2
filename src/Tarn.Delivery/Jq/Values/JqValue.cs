using System.Text.Json;

namespace Tarn.Delivery.Jq.Values;

/// <summary>
/// A JSON value. Arrays and objects of the input are read only where a query looks into them. Never changed.
/// </summary>
internal readonly struct JqValue
{
    private readonly double _number;
    private readonly object? _content;

    private JqValue(JqKind kind, double number = 0, object? content = null)
    {
        Kind = kind;
        _number = number;
        _content = content;
    }

    public static JqValue Null => default;

    public static JqValue EmptyText { get; } = Of("");

    public JqKind Kind { get; }

    /// <summary>Everything but null and false.</summary>
    public bool IsTruthy => Kind > JqKind.False;

    /// <summary>What <c>type</c> says.</summary>
    public string TypeName => Kind switch
    {
        JqKind.Null => "null",
        JqKind.False or JqKind.True => "boolean",
        JqKind.Number => "number",
        JqKind.Text => "string",
        JqKind.Array => "array",
        _ => "object",
    };

    public double Number => Kind == JqKind.Number ? _number : throw NotA(JqKind.Number);

    public string Text => Kind == JqKind.Text ? (string)_content! : throw NotA(JqKind.Text);

    public JqArray Array => Kind == JqKind.Array ? (JqArray)_content! : throw NotA(JqKind.Array);

    public JqObject Object => Kind == JqKind.Object ? (JqObject)_content! : throw NotA(JqKind.Object);

    /// <summary>
    /// Digits of a whole number that a double does not hold, as they stood in the input; null otherwise.
    /// </summary>
    public string? ExactDigits => Kind == JqKind.Number ? (string?)_content : null;

    public static JqValue Of(bool value) => new(value ? JqKind.True : JqKind.False);

    public static JqValue Of(double value) => new(JqKind.Number, value);

    public static JqValue Of(string value) => new(JqKind.Text, content: value);

    public static JqValue Of(JqObject value) => new(JqKind.Object, content: value);

    public static JqValue Of(JqArray value) => new(JqKind.Array, content: value);

    public static JqValue Of(IReadOnlyList<JqValue> items) => Of(new JqArray(items));

    public static JqValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.Number => OfNumber(element),
        JsonValueKind.String => Of(TextOf(element)),
        JsonValueKind.Array => Of(new JqArray(element)),
        JsonValueKind.Object => Of(new JqObject(element)),
        _ => Null,
    };

    /// <summary>Text as it is, anything else as JSON: what <c>tostring</c> gives.</summary>
    public string AsText() => Kind == JqKind.Text ? Text : JqWriter.Write(this);

    public override string ToString() => JqWriter.Write(this);

    private static JqValue OfNumber(JsonElement element)
    {
        const double ExactMax = 1L << 53;
        var number = element.GetDouble();
        if (Math.Abs(number) < ExactMax)
        {
            return Of(number);
        }

        var digits = element.GetRawText();
        return new JqValue(JqKind.Number, number, digits.AsSpan().ContainsAny('.', 'e', 'E') ? null : digits);
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JqFault("text is not valid Unicode");
        }
    }

    private InvalidOperationException NotA(JqKind kind) => new($"{TypeName} is read as {kind}");
}
