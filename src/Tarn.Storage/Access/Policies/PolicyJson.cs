using System.Text.Json;

namespace Tarn.Storage.Access.Policies;

/// <summary>Values of a policy, of which many may be one or a list.</summary>
internal static class PolicyJson
{
    public static void RequireObject(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw PolicyErrors.Malformed($"{what} must be a JSON object, not {Word(value)}");
        }
    }

    public static string Text(JsonElement value, string what) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw PolicyErrors.Malformed($"{what} must be a text, not {Word(value)}");

    /// <summary>A text or a list of at least one.</summary>
    public static IReadOnlyList<string> Texts(JsonElement value, string what)
    {
        var items = Items(value);
        return items.Count > 0
            ? [.. items.Select(item => Text(item, what))]
            : throw PolicyErrors.Malformed($"{what} is empty");
    }

    /// <summary>A list's items, or the one value.</summary>
    public static IReadOnlyList<JsonElement> Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
