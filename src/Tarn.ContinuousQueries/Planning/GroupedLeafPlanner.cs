using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Turns one SELECT with GROUP BY over a relation into a leaf, or refuses it.
/// <code>
/// SELECT u, round(avg(x), 1) AS a FROM s WHERE x > 0 GROUP BY u
///   batch: SELECT u, sum(x), count(x) FROM tarn_batch AS s WHERE x > 0 GROUP BY 1
///   final: SELECT k0 AS u, round(a0, 1) AS a FROM (SELECT k0, p0 / p1 AS a0 FROM tarn_state_0)
/// </code>
/// 1. let DuckDB bind the SELECT to the relation's columns; 2. resolve names; 3. find the keys; 4. take the aggregates
/// apart; 5. compose both statements and let DuckDB bind them.
/// </summary>
internal sealed class GroupedLeafPlanner(PlanSession session)
{
    /// <summary>A leaf, the keys among its columns, and whether a row is known by them.</summary>
    public sealed record Grouped(LeafPlan Leaf, IReadOnlyList<bool> IsKey, bool IsKeyed);

    /// <summary>Whether a SELECT can be tried: it groups, and needs nothing but groups.</summary>
    public bool IsGrouped(JsonObject node)
    {
        var parts = new[] { node["select_list"], node["where_clause"], node["group_expressions"], node["having"] };
        return node["qualify"] is null && node["sample"] is null
            && !parts.Any(ExpressionRules.HoldsWindowOrSubquery)
            && (node["group_expressions"]!.AsArray().Count > 0
                || QueryTree.Text(node, "aggregate_handling") == "FORCE_AGGREGATES"
                || session.HoldsAggregate(node["select_list"]) || session.HoldsAggregate(node["having"]));
    }

    /// <param name="leaf">Number of the leaf's state table.</param>
    public async Task<Grouped> PlanAsync(JsonObject node, RecordRelation relation, int leaf, bool emitsOnClose)
    {
        RefuseGroupingSets(node);
        var selectList = node["select_list"]!.AsArray();
        if (selectList.Any(item => ExpressionTree.Class(item!) == "STAR"))
        {
            throw QueryTree.Refused("* beside GROUP BY is not supported in a view", "name the columns");
        }

        session.Use(relation.Source);
        var bound = node.DeepClone().AsObject();
        bound["from_table"] = QueryTree.Table(relation.Table, relation.Alias);
        bound["modifiers"] = new JsonArray();
        var names = (await session.BindNamedAsync(relation.WithSql + await session.PrintQueryAsync(bound)
            .ConfigureAwait(false)).ConfigureAwait(false)).Select(column => column.Name).ToList();

        var resolver = new NameResolver(relation, selectList);
        var items = selectList.Select(item => resolver.Resolve(item!)).ToList();
        var where = node["where_clause"] is { } condition ? resolver.Resolve(condition) : null;
        var having = node["having"] is { } filter ? resolver.Resolve(filter) : null;
        var keys = FindKeys(node, resolver, items);
        var rules = new ExpressionRules(session.Functions);
        foreach (var expression in items.Append(where).Append(having).Concat(keys))
        {
            rules.Check(expression, relation.Columns);
        }

        var composer = new PlanComposer(session, relation, leaf);
        return await composer.ComposeAsync(
            new PlanComposer.Select(names, items, keys, WithWindowEnd(keys, relation), where, having), emitsOnClose)
            .ConfigureAwait(false);
    }

    private static void RefuseGroupingSets(JsonObject node)
    {
        var sets = node["group_sets"]!.AsArray();
        if (sets.Count > 1
            || (sets.Count == 1 && sets[0]!.AsArray().Count != node["group_expressions"]!.AsArray().Count))
        {
            throw QueryTree.Refused(
                "ROLLUP, CUBE and GROUPING SETS are not supported in a view", "make one view per grouping");
        }
    }

    /// <summary>Groups of a window close by its end, so it is a key whenever the start is; of a session both
    /// are.</summary>
    private static List<JsonNode> WithWindowEnd(List<JsonNode> keys, RecordRelation relation)
    {
        var known = keys.ConvertAll(ExpressionTree.Canonical);
        string[] bounds = [WindowPlan.EndColumn, WindowPlan.StartColumn];
        if (relation.Window is not { } window
            || !bounds.Any(bound => known.Contains(ExpressionTree.Canonical(ExpressionTree.ColumnRef(bound)))))
        {
            return relation.Window is { Kind: WindowKind.Session }
                ? throw QueryTree.Refused("a SESSION is not grouped by its window",
                    "GROUP BY window_start, window_end and the key columns")
                : keys;
        }

        var hidden = bounds.Take(window.Kind == WindowKind.Session ? 2 : 1)
            .Concat(relation.SessionKeys)
            .Select(name => (JsonNode)ExpressionTree.ColumnRef(name))
            .Where(key => !known.Contains(ExpressionTree.Canonical(key)));
        return [.. keys, .. hidden];
    }

    private List<JsonNode> FindKeys(JsonObject node, NameResolver resolver, List<JsonNode> items)
    {
        var expressions = QueryTree.Text(node, "aggregate_handling") == "FORCE_AGGREGATES"
            ? items.Where(item => !session.HoldsAggregate(item))
            : node["group_expressions"]!.AsArray().Select(expression => IsOrdinal(expression!, out var ordinal)
                ? items[ordinal - 1]
                : resolver.Resolve(expression!));
        return [.. expressions.DistinctBy(ExpressionTree.Canonical)];
    }

    private static bool IsOrdinal(JsonNode expression, out int ordinal)
    {
        ordinal = 0;
        return ExpressionTree.Class(expression) == "CONSTANT"
            && expression["value"]?["value"] is JsonValue value
            && value.TryGetValue(out ordinal);
    }
}
