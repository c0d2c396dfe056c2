using System.Text.Json.Nodes;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// The tree of a view's SELECT as DuckDB's parser gives it, checked for its outline: one SELECT from one source,
/// without the clauses that need all rows at once.
/// </summary>
internal sealed class SelectTree
{
    private SelectTree(JsonObject root, JsonObject node)
    {
        Root = root;
        Node = node;
    }

    public JsonObject Root { get; }

    public JsonObject Node { get; }

    public JsonArray SelectList => Node["select_list"]!.AsArray();

    public JsonArray GroupExpressions => Node["group_expressions"]!.AsArray();

    public bool GroupsByAll => Text(Node, "aggregate_handling") == "FORCE_AGGREGATES";

    public JsonNode? Where => Node["where_clause"];

    public JsonNode? Having => Node["having"];

    /// <summary>Lower case.</summary>
    public string Source => Text(Node["from_table"]!, "table_name").ToLowerInvariant();

    /// <summary>The name that qualifies columns in the SELECT.</summary>
    public string SourceAlias => Text(Node["from_table"]!, "alias") is { Length: > 0 } alias
        ? alias : Text(Node["from_table"]!, "table_name");

    public static SelectTree Parse(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        if (root["error"]!.GetValue<bool>())
        {
            var message = Text(root, "error_message");
            throw message.StartsWith("Only SELECT", StringComparison.Ordinal)
                ? Refused("a view needs a SELECT", null)
                : new TarnException(ErrorKind.Invalid, message, hint: null) { Code = "SYNTAX_ERROR" };
        }

        var statements = root["statements"]!.AsArray();
        if (statements.Count != 1)
        {
            throw Refused("a view needs one SELECT", "close the statement with one semicolon");
        }

        var node = statements[0]!["node"]!.AsObject();
        if (statements[0]!["named_param_map"] is JsonArray { Count: > 0 })
        {
            throw Refused("parameters are not supported in a view", "write the value");
        }

        CheckOutline(node);
        CheckFrom(node["from_table"]!.AsObject());
        return new SelectTree(root, node);
    }

    public static string Text(JsonNode node, string field) => node[field]?.GetValue<string>() ?? "";

    public static TarnException Refused(string message, string? hint) =>
        new(ErrorKind.Unsupported, message, hint: hint) { Code = "NOT_SUPPORTED" };

    private static void CheckOutline(JsonObject node)
    {
        if (Text(node, "type") != "SELECT_NODE")
        {
            var what = Text(node, "setop_type") is { Length: > 0 } set ? set : "a recursive query";
            throw Refused($"{what} is not supported in a view", "make one view per SELECT");
        }

        foreach (var modifier in node["modifiers"]!.AsArray())
        {
            throw Text(modifier!, "type") switch
            {
                "DISTINCT_MODIFIER" => Refused("SELECT DISTINCT is not supported in a view", "use GROUP BY"),
                "ORDER_MODIFIER" => Refused("ORDER BY is not supported in a view", "order when you read the view"),
                _ => Refused("LIMIT is not supported in a view", "limit when you read the view"),
            };
        }

        if (node["cte_map"]!["map"]!.AsArray().Count > 0)
        {
            throw Refused("WITH is not supported in a view", "write one SELECT over the source");
        }

        if (node["qualify"] is not null)
        {
            throw Refused("QUALIFY is not supported in a view", "filter when you read the view");
        }

        if (node["sample"] is not null)
        {
            throw Refused("a sample is not supported in a view", "filter with WHERE");
        }

        var sets = node["group_sets"]!.AsArray();
        if (sets.Count > 1
            || (sets.Count == 1 && sets[0]!.AsArray().Count != node["group_expressions"]!.AsArray().Count))
        {
            throw Refused("ROLLUP, CUBE and GROUPING SETS are not supported in a view", "make one view per grouping");
        }
    }

    private static void CheckFrom(JsonObject from)
    {
        switch (Text(from, "type"))
        {
            case "BASE_TABLE":
                break;
            case "JOIN":
                throw Refused("a join is not supported in a view",
                    "read one source, and join the view when you read it");
            case "SUBQUERY":
                throw Refused("a subquery is not supported in a view", "write one SELECT over the source");
            case "TABLE_FUNCTION":
                var name = Text(from["function"]!, "function_name").ToUpperInvariant();
                throw Refused(
                    $"{name}(...) is not supported in a view",
                    name is "TUMBLE" or "HOP" or "SESSION"
                        ? "group by date_trunc('minute', ts) for windows of a minute" : null);
            case "EMPTY":
                throw Refused("a view needs FROM and a source", "SELECT ... FROM source");
            default:
                throw Refused("a view reads one source", "SELECT ... FROM source");
        }

        if (Text(from, "schema_name").Length > 0 || Text(from, "catalog_name").Length > 0)
        {
            throw Refused($"'{Text(from, "schema_name")}.{Text(from, "table_name")}' is not a source",
                "sources have plain names");
        }

        if (from["sample"] is not null)
        {
            throw Refused("a sample is not supported in a view", "filter with WHERE");
        }

        if (from["column_name_alias"] is JsonArray { Count: > 0 } || from["at_clause"] is not null)
        {
            throw Refused("a column list or AT after the source is not supported in a view",
                "use the source's own column names");
        }
    }
}
