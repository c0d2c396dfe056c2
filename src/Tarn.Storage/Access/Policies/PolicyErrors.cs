using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Access.Policies;

/// <summary>Why a policy is refused: Invalid, code MalformedPolicy, with S3's words where it has some.</summary>
internal static class PolicyErrors
{
    private const string Code = "MalformedPolicy";

    public static TarnException Malformed(string message, string? hint = null) =>
        new(ErrorKind.Invalid, message, hint: hint) { Code = Code };

    public static TarnException NotJson(JsonException cause) =>
        new(ErrorKind.Invalid, "Policies must be valid JSON", cause.Message, cause: cause) { Code = Code };

    public static TarnException Missing(string place, string element) => Malformed($"{place} has no {element}");

    public static TarnException Unknown(string place, string element, IReadOnlyList<string> known) =>
        Malformed($"{place} has the unknown element '{element}'", Hint(element, known));

    public static TarnException Invalid(string what, string value, IEnumerable<string> known) =>
        Malformed($"Policy has invalid {what}: '{value}'", Suggestion.Hint(value, known));

    private static string Hint(string element, IReadOnlyList<string> known) =>
        Suggestion.Hint(element, known) ?? "there are " + string.Join(", ", known);
}
