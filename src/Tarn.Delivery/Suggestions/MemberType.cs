using System.Text.Json;

namespace Tarn.Delivery.Suggestions;

/// <summary>Column types that would hold what JSON members had.</summary>
internal static class MemberType
{
    public const string Text = "string";

    private const string Whole = "bigint";
    private const string Number = "double";
    private const string Truth = "boolean";

    /// <summary>The type of the value that the reader stands on; null when the value tells none.</summary>
    public static string? Of(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.TryGetInt64(out _) ? Whole : Number,
        JsonTokenType.True or JsonTokenType.False => Truth,
        JsonTokenType.Null => null,
        _ => Text,
    };

    /// <summary>The narrowest type that holds what both hold.</summary>
    public static string Widest(string one, string other) => (one, other) switch
    {
        _ when one == other => one,
        (Whole, Number) or (Number, Whole) => Number,
        _ => Text,
    };
}
