using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tarn.Query.Estimates;

/// <summary>DuckDB's plan, as it tells it in JSON, in the words and shapes of EXPLAIN. Pure.</summary>
internal static class PlanText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>A tree of lines: operators, and below each what it does.</summary>
    /// <param name="duckDbPlan">Of EXPLAIN or EXPLAIN ANALYZE with FORMAT JSON.</param>
    public static IReadOnlyList<string> Tree(string duckDbPlan)
    {
        var lines = new List<string>();
        foreach (var root in Roots(duckDbPlan))
        {
            Append(lines, root, indent: "", mark: "");
        }

        return lines;
    }

    /// <summary>The same as Trino's JSON of a logical plan: the root, with its children in it.</summary>
    public static JsonObject Json(string duckDbPlan)
    {
        var id = 0;
        return Node(Roots(duckDbPlan).Single(), ref id);
    }

    public static IReadOnlyList<string> Lines(JsonNode json) =>
        json.ToJsonString(Indented).ReplaceLineEndings("\n").Split('\n');

    /// <summary>The plan's own operators: what EXPLAIN ANALYZE puts around them is left out.</summary>
    private static IEnumerable<JsonObject> Roots(string duckDbPlan)
    {
        var plan = JsonNode.Parse(duckDbPlan);
        var nodes = plan is JsonArray array ? array : Children(plan!.AsObject());
        foreach (var node in nodes.OfType<JsonObject>())
        {
            if (Name(node) == "EXPLAIN_ANALYZE")
            {
                foreach (var inner in Children(node).OfType<JsonObject>())
                {
                    yield return inner;
                }
            }
            else
            {
                yield return node;
            }
        }
    }

    private static void Append(List<string> lines, JsonObject node, string indent, string mark)
    {
        var inner = indent + (mark.Length == 0 ? "" : mark == "└─ " ? "   " : "│  ");
        lines.Add($"{indent}{mark}{Name(node)}{Figures(node)}");
        var children = Children(node).OfType<JsonObject>().ToList();
        var bar = children.Count > 0 ? "│  " : "   ";
        lines.AddRange(Details(node).Select(detail => $"{inner}{bar}{detail.Key}: {detail.Value}"));
        for (var i = 0; i < children.Count; i++)
        {
            Append(lines, children[i], inner, i == children.Count - 1 ? "└─ " : "├─ ");
        }
    }

    /// <summary>Rows and time of an operator that ran.</summary>
    private static string Figures(JsonObject node)
    {
        if (node["operator_cardinality"] is not { } rows)
        {
            return "";
        }

        var seconds = node["operator_timing"]?.GetValue<double>() ?? 0;
        return string.Create(
            CultureInfo.InvariantCulture, $" [rows: {rows.GetValue<long>():N0}, CPU: {seconds * 1000:0.00}ms]");
    }

    private static JsonObject Node(JsonObject node, ref int id)
    {
        var descriptor = new JsonObject();
        foreach (var (key, value) in Details(node))
        {
            descriptor[key] = value;
        }

        var result = new JsonObject
        {
            ["id"] = (id++).ToString(CultureInfo.InvariantCulture),
            ["name"] = Name(node),
            ["descriptor"] = descriptor,
        };
        if (node["operator_cardinality"] is { } rows)
        {
            result["rows"] = rows.GetValue<long>();
            result["cpuMilliseconds"] = (node["operator_timing"]?.GetValue<double>() ?? 0) * 1000;
        }

        var children = new JsonArray();
        foreach (var child in Children(node).OfType<JsonObject>())
        {
            children.Add(Node(child, ref id));
        }

        result["children"] = children;
        return result;
    }

    private static string Name(JsonObject node) =>
        (node["operator_name"] ?? node["name"])?.GetValue<string>().Trim() ?? "";

    private static JsonArray Children(JsonObject node) => node["children"] as JsonArray ?? [];

    private static IEnumerable<KeyValuePair<string, string>> Details(JsonObject node) =>
        (node["extra_info"] as JsonObject ?? [])
            .Select(pair => KeyValuePair.Create(pair.Key, Text(pair.Value)))
            .Where(pair => pair.Value.Length > 0);

    private static string Text(JsonNode? value) => value switch
    {
        JsonArray items => string.Join(", ", items.Select(Text)),
        JsonValue single when single.TryGetValue<string>(out var text) => text.ReplaceLineEndings(", "),
        null => "",
        _ => value.ToJsonString(),
    };
}
