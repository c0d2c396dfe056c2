using System.Text.Json.Nodes;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Walks and rewrites expression trees.</summary>
internal static class ExpressionTree
{
    public static string Class(JsonNode node) => node is JsonObject ? QueryTree.Text(node, "class") : "";

    public static JsonObject ColumnRef(string name) => new()
    {
        ["class"] = "COLUMN_REF", ["type"] = "COLUMN_REF", ["alias"] = "", ["query_location"] = 0,
        ["column_names"] = new JsonArray(name),
    };

    /// <summary>Text that is equal for expressions that mean the same, whatever their alias and place.</summary>
    public static string Canonical(JsonNode? node) => Strip(node)?.ToJsonString() ?? "null";

    /// <summary>Every expression node, outermost first, with the names that enclosing lambdas bring.</summary>
    public static IEnumerable<(JsonObject Node, IReadOnlyList<string> Lambda)> Walk(JsonNode? root) => Walk(root, []);

    /// <summary>
    /// A copy in which <paramref name="replace"/> had the first word on every expression node: what it returns
    /// stands in the place of the node; null: the node stays and its children are asked.
    /// </summary>
    public static JsonNode? Rewrite(JsonNode? node, Func<JsonObject, JsonNode?> replace)
    {
        switch (node)
        {
            case JsonObject item:
                if (Class(item).Length > 0 && replace(item) is { } other)
                {
                    return other;
                }

                var copy = new JsonObject();
                foreach (var (name, child) in item)
                {
                    copy[name] = Rewrite(child, replace);
                }

                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(child => Rewrite(child, replace))]);
            default:
                return node?.DeepClone();
        }
    }

    private static IEnumerable<(JsonObject Node, IReadOnlyList<string> Lambda)> Walk(JsonNode? node,
        IReadOnlyList<string> lambda)
    {
        if (node is JsonObject item)
        {
            if (Class(item).Length > 0)
            {
                yield return (item, lambda);
            }

            var inner = Class(item) == "LAMBDA" ? [.. lambda, .. Parameters(item["lhs"])] : lambda;
            foreach (var found in item.SelectMany(pair => Walk(pair.Value, inner)))
            {
                yield return found;
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var found in list.SelectMany(child => Walk(child, lambda)))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<string> Parameters(JsonNode? lhs) =>
        Walk(lhs, []).Where(found => Class(found.Node) == "COLUMN_REF")
            .Select(found => found.Node["column_names"]![0]!.GetValue<string>());

    private static JsonNode? Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                var copy = new JsonObject();
                foreach (var (name, child) in item)
                {
                    if (name is not ("alias" or "query_location"))
                    {
                        copy[name] = Strip(child);
                    }
                }

                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(Strip)]);
            default:
                return node?.DeepClone();
        }
    }
}
