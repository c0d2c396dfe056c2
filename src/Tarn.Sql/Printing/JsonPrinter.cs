using Tarn.Sql.Tree;

namespace Tarn.Sql.Printing;

/// <summary>The SQL/JSON functions.</summary>
internal static class JsonPrinter
{
    public static string Print(Expression expression) => expression switch
    {
        Expression.JsonPath path => $"{path.Name.ToUpperInvariant()}({string.Join(' ', Parts(path))})",
        Expression.JsonObject json => $"JSON_OBJECT({string.Join(' ', Parts(json))})",
        Expression.JsonArray json => $"JSON_ARRAY({string.Join(' ', Parts(json))})",
        _ => throw new InvalidOperationException($"no text of {expression.GetType().Name}"),
    };

    private static IEnumerable<string> Parts(Expression.JsonPath path)
    {
        yield return $"{Input(path.Input)}, {NameText.Text(path.Path)}";
        if (path.Passing.Count > 0)
        {
            var values = path.Passing.Select(pair => $"{Input(pair.Value)} AS {NameText.Name(pair.Name)}");
            yield return $"PASSING {string.Join(", ", values)}";
        }

        yield return Returning(path.Returning);
        yield return path.Wrapper switch
        {
            null => "",
            "WITHOUT" => "WITHOUT ARRAY WRAPPER",
            _ => $"WITH {path.Wrapper} ARRAY WRAPPER",
        };
        yield return path.Quotes is null ? "" : $"{path.Quotes} QUOTES";
        yield return Behavior(path.OnEmpty, "EMPTY");
        yield return Behavior(path.OnError, "ERROR");
    }

    private static IEnumerable<string> Parts(Expression.JsonObject json)
    {
        yield return string.Join(", ", json.Members.Select(
            member => $"KEY {ExpressionPrinter.Print(member.Key)} VALUE {Input(member.Value)}"));
        yield return json.IsAbsentOnNull ? "ABSENT ON NULL" : "NULL ON NULL";
        yield return json.WithUniqueKeys ? "WITH UNIQUE KEYS" : "";
        yield return Returning(json.Returning);
    }

    private static IEnumerable<string> Parts(Expression.JsonArray json)
    {
        yield return string.Join(", ", json.Items.Select(Input));
        yield return json.IsNullOnNull ? "NULL ON NULL" : "ABSENT ON NULL";
        yield return Returning(json.Returning);
    }

    private static string Input(JsonInput input) =>
        ExpressionPrinter.Print(input.Value) + (input.Format is null ? "" : $" FORMAT {input.Format}");

    private static string Returning(JsonReturning? returning) => returning is null
        ? ""
        : $"RETURNING {NameText.Type(returning.Type, returning.Length)}"
            + (returning.Format is null ? "" : $" FORMAT {returning.Format}");

    private static string Behavior(JsonBehavior? behavior, string on) => behavior is null
        ? ""
        : $"{behavior.Kind}{(behavior.Default is null ? "" : $" {ExpressionPrinter.Print(behavior.Default)}")} ON {on}";
}
