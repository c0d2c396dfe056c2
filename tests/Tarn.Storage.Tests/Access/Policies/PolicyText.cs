using System.Text.Json.Nodes;

namespace Tarn.Storage.Tests.Access.Policies;

/// <summary>
/// Policies in short, for bucket <c>lake</c>: statements by <c>;</c>, each
/// <c>A or D|principals|actions|resources|conditions</c>. A principal is <c>*</c>, <c>account</c>, a user's name or
/// JSON; a resource is what follows the bucket; a condition is <c>Operator=key=values</c>, several by <c>&amp;</c>.
/// </summary>
internal static class PolicyText
{
    public static string Of(string statements) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. statements.Split(';').Select(Statement)]),
    }.ToJsonString();

    private static JsonObject Statement(string text)
    {
        var parts = text.Split('|');
        var statement = new JsonObject
        {
            ["Effect"] = parts[0] == "A" ? "Allow" : "Deny",
            ["Principal"] = Principal(parts[1]),
            ["Action"] = List(parts[2].Split(',')),
            ["Resource"] = List(parts[3].Split(',').Select(resource => "arn:aws:s3:::lake" + resource)),
        };
        if (parts[4].Length > 0)
        {
            statement["Condition"] = new JsonObject(parts[4].Split('&').Select(condition => condition.Split('=', 3))
                .Select(words => KeyValuePair.Create<string, JsonNode?>(
                    words[0], new JsonObject { [words[1]] = List(words[2].Split(',')) })));
        }

        return statement;
    }

    private static JsonNode Principal(string text) => text switch
    {
        "*" => JsonValue.Create("*"),
        ['{', ..] => JsonNode.Parse(text)!,
        _ => new JsonObject
        {
            ["AWS"] = List(text.Split(',').Select(name =>
                name == "account" ? "arn:aws:iam::000000000000:root" : "arn:aws:iam::000000000000:user/" + name)),
        },
    };

    private static JsonNode List(IEnumerable<string> values)
    {
        var items = values.Select(value => (JsonNode?)JsonValue.Create(value)).ToArray();
        return items.Length == 1 ? items[0]! : new JsonArray(items);
    }
}
