using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Puts the SELECT of a common table expression, or of another view, in the place where it is named, so that a view
/// holds all it needs: its state never depends on how far another view has come.
/// </summary>
internal sealed class QueryInliner(PlanSession session, Func<string, InlinedView?> findView)
{
    /// <summary>Set on the query node of a view that shows windows when they close.</summary>
    public const string EmitsOnClose = "tarn_emits_on_close";

    private const int DepthMax = 16;

    /// <summary>The node with everything in place.</summary>
    public Task<JsonObject> InlineAsync(JsonObject node) =>
        InlineAsync(node, new Scope(new(StringComparer.OrdinalIgnoreCase), findView), 0);

    private async Task<JsonObject> InlineAsync(JsonObject node, Scope outer, int depth)
    {
        if (depth > DepthMax)
        {
            throw QueryTree.Refused("a view is nested more than 16 deep", "read fewer views over views");
        }

        var known = outer with { Common = new(outer.Common, StringComparer.OrdinalIgnoreCase) };
        foreach (var entry in node["cte_map"]?["map"]?.AsArray() ?? [])
        {
            var name = entry!["key"]!.GetValue<string>();
            if (entry["value"]!["aliases"]!.AsArray().Count > 0)
            {
                throw QueryTree.Refused($"a column list of WITH {name} is not supported in a view",
                    "name the columns in its SELECT with AS");
            }

            var query = entry["value"]!["query"]!["node"]!.DeepClone().AsObject();
            known.Common[name] = await InlineAsync(query, known, depth + 1).ConfigureAwait(false);
        }

        if (node.ContainsKey("cte_map"))
        {
            node["cte_map"] = new JsonObject { ["map"] = new JsonArray() };
        }

        foreach (var name in node.Select(pair => pair.Key).ToList())
        {
            node[name] = await PlaceAsync(node[name]?.DeepClone(), known, depth).ConfigureAwait(false);
        }

        return node;
    }

    private async Task<JsonNode?> PlaceAsync(JsonNode? node, Scope known, int depth)
    {
        switch (node)
        {
            case JsonObject item when QueryTree.IsQuery(item):
                return await InlineAsync(item, known, depth + 1).ConfigureAwait(false);
            case JsonObject item when item["type"] is JsonValue && QueryTree.TextOrEmpty(item, "type") == "BASE_TABLE":
                return await FindAsync(item, known, depth).ConfigureAwait(false) ?? item;
            case JsonObject item when QueryTree.TextOrEmpty(item, "type") == "JOIN"
                && LookupJoinPlanner.IsLookup(item["right"]!.AsObject()):
                var join = item.DeepClone().AsObject();
                join["left"] = await PlaceAsync(item["left"]!.DeepClone(), known, depth).ConfigureAwait(false);
                return join;
            case JsonObject item:
                var copy = new JsonObject();
                foreach (var (name, child) in item)
                {
                    copy[name] = await PlaceAsync(child?.DeepClone(), known, depth).ConfigureAwait(false);
                }

                return copy;
            case JsonArray list:
                var all = new JsonArray();
                foreach (var child in list)
                {
                    all.Add(await PlaceAsync(child?.DeepClone(), known, depth).ConfigureAwait(false));
                }

                return all;
            default:
                return node;
        }
    }

    private async Task<JsonNode?> FindAsync(JsonObject table, Scope known, int depth)
    {
        var name = QueryTree.Text(table, "table_name");
        JsonObject? query = null;
        if (QueryTree.Text(table, "schema_name").Length == 0 && known.Common.TryGetValue(name, out var common))
        {
            query = common.DeepClone().AsObject();
        }
        else if (QueryTree.Text(table, "catalog_name").Length == 0
            && known.FindView(name.ToLowerInvariant()) is { } view
            && (QueryTree.Text(table, "schema_name") is "" || QueryTree.Text(table, "schema_name") == view.Database))
        {
            var parsed = await session.ParseAsync(view.Select).ConfigureAwait(false);
            query = await InlineAsync(parsed, Of(view, known), depth + 1).ConfigureAwait(false);
            query[EmitsOnClose] = view.EmitsOnClose;
        }

        return query is null ? null : QueryTree.Subquery(query, QueryTree.AliasOf(table), table["column_name_alias"]);
    }

    /// <summary>Inside a view its own copies of the views that it reads are known.</summary>
    private static Scope Of(InlinedView view, Scope outer) => new(
        new(StringComparer.OrdinalIgnoreCase),
        view.Inlined is { } own ? name => own.FirstOrDefault(inlined => inlined.Name == name) : outer.FindView);

    /// <param name="Common">Common table expressions by name.</param>
    private sealed record Scope(Dictionary<string, JsonObject> Common, Func<string, InlinedView?> FindView);
}
