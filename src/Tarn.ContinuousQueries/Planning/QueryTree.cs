using System.Text.Json.Nodes;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Reads and makes nodes of DuckDB's parse tree.</summary>
internal static class QueryTree
{
    /// <summary>The one SELECT of a text as its query node. Throws Invalid for its syntax.</summary>
    public static JsonObject Parse(string json)
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

        return statements[0]!["named_param_map"] is JsonArray { Count: > 0 }
            ? throw Refused("parameters are not supported in a view", "write the value")
            : statements[0]!["node"]!.DeepClone().AsObject();
    }

    public static string Text(JsonNode node, string field) => node[field]?.GetValue<string>() ?? "";

    public static TarnException Refused(string message, string? hint) =>
        new(ErrorKind.Unsupported, message, hint: hint) { Code = "NOT_SUPPORTED" };

    /// <summary>A whole statement of a query node, as the printer takes it.</summary>
    public static string Statement(JsonNode node) => new JsonObject
    {
        ["error"] = false,
        ["statements"] = new JsonArray(new JsonObject
        {
            ["node"] = node.DeepClone(), ["named_param_map"] = new JsonArray(),
        }),
    }.ToJsonString();

    public static JsonObject Table(string name, string alias) => new()
    {
        ["type"] = "BASE_TABLE", ["alias"] = alias, ["sample"] = null, ["query_location"] = 0, ["schema_name"] = "",
        ["table_name"] = name, ["column_name_alias"] = new JsonArray(), ["catalog_name"] = "", ["at_clause"] = null,
    };

    /// <summary>SELECT * FROM table, with the modifiers of another node.</summary>
    public static JsonObject SelectAll(string table, JsonArray modifiers) => new()
    {
        ["type"] = "SELECT_NODE",
        ["modifiers"] = modifiers.DeepClone(),
        ["cte_map"] = new JsonObject { ["map"] = new JsonArray() },
        ["select_list"] = new JsonArray(new JsonObject
        {
            ["class"] = "STAR", ["type"] = "STAR", ["alias"] = "", ["query_location"] = 0, ["relation_name"] = "",
            ["exclude_list"] = new JsonArray(), ["replace_list"] = new JsonArray(), ["columns"] = false,
            ["expr"] = null, ["qualified_exclude_list"] = new JsonArray(), ["rename_list"] = new JsonArray(),
        }),
        ["from_table"] = Table(table, ""),
        ["where_clause"] = null,
        ["group_expressions"] = new JsonArray(),
        ["group_sets"] = new JsonArray(),
        ["aggregate_handling"] = "STANDARD_HANDLING",
        ["having"] = null,
        ["sample"] = null,
        ["qualify"] = null,
    };

    /// <summary>The name that a FROM item's columns are qualified with.</summary>
    public static string AliasOf(JsonNode from) => Text(from, "alias") is { Length: > 0 } alias ? alias
        : Text(from, "type") == "TABLE_FUNCTION" ? Text(from["function"]!, "function_name") : Text(from, "table_name");

    /// <summary>Whether an object is a query node.</summary>
    public static bool IsQuery(JsonObject item) =>
        TextOrEmpty(item, "type") is "SELECT_NODE" or "SET_OPERATION_NODE" or "RECURSIVE_CTE_NODE" or "CTE_NODE";

    /// <summary>A field's text, or nothing where it is something else.</summary>
    public static string TextOrEmpty(JsonObject item, string field) =>
        item[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>Removes a mark and says whether it was set.</summary>
    public static bool Take(JsonObject node, string mark)
    {
        var isSet = node[mark]?.GetValue<bool>() ?? false;
        node.Remove(mark);
        return isSet;
    }

    public static JsonObject Subquery(JsonObject query, string alias, JsonNode? columns) => new()
    {
        ["type"] = "SUBQUERY", ["alias"] = alias, ["sample"] = null, ["query_location"] = 0,
        ["subquery"] = new JsonObject { ["node"] = query, ["named_param_map"] = new JsonArray() },
        ["column_name_alias"] = columns?.DeepClone() ?? new JsonArray(),
    };
}
