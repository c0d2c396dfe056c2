using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Cuts a view's SELECT into leaves and what is computed over them. A SELECT that groups the records of one source is a
/// leaf; so are the records themselves where they are joined, ranked or aggregated in a way that cannot be merged.
/// <code>
/// SELECT * FROM (SELECT u, count(*) AS n FROM s GROUP BY u) WHERE n > 3 ORDER BY n DESC LIMIT 10
///   leaf 0: the inner SELECT        over it: SELECT * FROM tarn_leaf_0 WHERE n > 3 ORDER BY n DESC LIMIT 10
/// </code>
/// </summary>
internal sealed class QueryShaper(
    PlanSession session, RelationPlanner relations, ViewOptions options, IReadOnlySet<string>? wanted)
{
    private readonly GroupedLeafPlanner _grouped = new(session);
    private readonly TopRowsPlanner _topRows = new(session);
    private readonly ExpressionRules _rules = new(session.Functions);
    private readonly List<LeafPlan> _leaves = [];

    public IReadOnlyList<LeafPlan> Leaves => _leaves;

    /// <summary>The leaf that is the whole SELECT, when there is one: what its rows are known by.</summary>
    public GroupedLeafPlanner.Grouped? Root { get; private set; }

    /// <summary>True when the whole SELECT is one of single records.</summary>
    public bool RootAppends { get; private set; }

    public async Task<JsonObject> ShapeAsync(JsonObject node, bool emitsOnClose, bool isRoot)
    {
        emitsOnClose |= QueryTree.Take(node, QueryInliner.EmitsOnClose);
        switch (QueryTree.Text(node, "type"))
        {
            case "SELECT_NODE":
                return await ShapeSelectAsync(node, emitsOnClose, isRoot).ConfigureAwait(false);
            case "SET_OPERATION_NODE":
                foreach (var side in new[] { "left", "right" })
                {
                    node[side] = await ShapeAsync(node[side]!.DeepClone().AsObject(), emitsOnClose, isRoot: false)
                        .ConfigureAwait(false);
                }

                CheckModifiers(node);
                return node;
            default:
                throw QueryTree.Refused("a recursive query is not supported in a view", null);
        }
    }

    private async Task<JsonObject> ShapeSelectAsync(JsonObject node, bool emitsOnClose, bool isRoot)
    {
        if (node["sample"] is not null || node["from_table"]!["sample"] is not null)
        {
            throw QueryTree.Refused("a sample is not supported in a view", "filter with WHERE");
        }

        CheckModifiers(node);
        ReplaceDistinct(node);
        var from = node["from_table"]!.DeepClone().AsObject();
        if (await relations.TryPlanAsync(from).ConfigureAwait(false) is not { } relation)
        {
            node["from_table"] = await ShapeFromAsync(from, emitsOnClose).ConfigureAwait(false);
            return await ShapeExpressionsAsync(node, emitsOnClose).ConfigureAwait(false);
        }

        relation.Names?.Rewrite(node);
        CheckOrder(node, relation);
        if (_grouped.IsGrouped(node) && await TryGroupAsync(node, relation, emitsOnClose).ConfigureAwait(false) is
            { } grouped)
        {
            Root = isRoot && Limits(node).Count == 0 ? grouped : null;
            return QueryTree.SelectAll(Add(grouped.Leaf), Limits(node));
        }

        if (relations.IsRecordSelect(node))
        {
            var derived = await relations.DeriveAsync(node, relation, relation.Alias).ConfigureAwait(false);
            RootAppends = isRoot;
            return QueryTree.SelectAll(Keep(derived, null, emitsOnClose), []);
        }

        return await OverRowsAsync(node, relation, emitsOnClose).ConfigureAwait(false);
    }

    /// <summary>Keeps the records that WHERE lets through, and computes all else over them.</summary>
    private async Task<JsonObject> OverRowsAsync(JsonObject node, RecordRelation relation, bool emitsOnClose)
    {
        var names = relation.Names?.Merge(wanted) ?? wanted;
        if (node["where_clause"] is { } where && !ExpressionRules.HoldsWindowOrSubquery(where))
        {
            var filtered = QueryTree.SelectAll(relation.Table, []);
            filtered["where_clause"] = where.DeepClone();
            relation = await relations.DeriveAsync(filtered, relation, relation.Alias).ConfigureAwait(false);
            node["where_clause"] = null;
        }

        var kept = _leaves.Count;
        node["from_table"] = QueryTree.Table(Keep(relation, names, emitsOnClose), relation.Alias);
        _leaves[kept] = _leaves[kept] with
        {
            TrimSql = await _topRows.PlanAsync(node, _leaves[kept], relation.Alias).ConfigureAwait(false),
        };
        return await ShapeExpressionsAsync(node, emitsOnClose).ConfigureAwait(false);
    }

    private async Task<GroupedLeafPlanner.Grouped?> TryGroupAsync(
        JsonObject node, RecordRelation relation, bool emitsOnClose)
    {
        try
        {
            return await _grouped.PlanAsync(node, relation, _leaves.Count, emitsOnClose).ConfigureAwait(false);
        }
        catch (TarnException refusal) when (refusal.Kind == ErrorKind.Unsupported && options.TtlMilliseconds is not null
            && relation.Window is not { Kind: WindowKind.Session })
        {
            return null;
        }
    }

    private async Task<JsonObject> ShapeFromAsync(JsonObject from, bool emitsOnClose)
    {
        switch (QueryTree.Text(from, "type"))
        {
            case "JOIN" when LookupJoinPlanner.IsLookup(from["left"]!.AsObject())
                || LookupJoinPlanner.IsLookup(from["right"]!.AsObject()):
                throw QueryTree.Refused("a lookup beside a join of sources is not supported in a view",
                    "join it in a subquery: FROM (SELECT ... FROM source JOIN database.table ON ...) AS a JOIN ...");
            case "JOIN":
                foreach (var side in new[] { "left", "right" })
                {
                    from[side] = await ShapeFromAsync(from[side]!.DeepClone().AsObject(), emitsOnClose)
                        .ConfigureAwait(false);
                }

                return from;
            case "SUBQUERY":
                from["subquery"]!["node"] = await ShapeAsync(
                    from["subquery"]!["node"]!.DeepClone().AsObject(), emitsOnClose, isRoot: false)
                    .ConfigureAwait(false);
                return from;
            case "EMPTY":
                throw QueryTree.Refused("a view needs FROM and a source", "SELECT ... FROM source");
            case "TABLE_FUNCTION" when WindowPlanner.KindOf(from) is null:
                return QueryTree.Text(from["function"]!, "function_name") is "unnest" or "range" or "generate_series"
                    ? from
                    : throw QueryTree.Refused(
                        $"{QueryTree.Text(from["function"]!, "function_name")}(...) is not supported in a view", null);
            case "BASE_TABLE" or "TABLE_FUNCTION":
                var relation = await relations.TryPlanAsync(from).ConfigureAwait(false);
                return QueryTree.Table(Keep(relation!, wanted, emitsOnClose), relation!.Alias);
            default:
                throw QueryTree.Refused("FROM of this form is not supported in a view", "SELECT ... FROM source");
        }
    }

    private async Task<JsonObject> ShapeExpressionsAsync(JsonObject node, bool emitsOnClose)
    {
        foreach (var part in new[] { "select_list", "where_clause", "group_expressions", "having", "qualify" })
        {
            _rules.CheckStable(node[part]);
            foreach (var (found, _) in ExpressionTree.Walk(node[part]).ToList())
            {
                if (ExpressionTree.Class(found) == "SUBQUERY")
                {
                    found["subquery"]!["node"] = await ShapeAsync(
                        found["subquery"]!["node"]!.DeepClone().AsObject(), emitsOnClose, isRoot: false)
                        .ConfigureAwait(false);
                }
            }
        }

        return node;
    }

    private string Keep(RecordRelation relation, IReadOnlySet<string>? columns, bool emitsOnClose)
    {
        var leaf = RowsLeafPlanner.Plan(relation, columns, _leaves.Count, options, emitsOnClose);
        session.RegisterState(_leaves.Count, leaf.StateColumns);
        return Add(leaf);
    }

    private string Add(LeafPlan leaf)
    {
        if (leaf.EmitsOnClose && (leaf.Window is null || leaf.Source.Watermark is null))
        {
            throw QueryTree.Refused(
                leaf.Window is null
                    ? "EMIT ON WINDOW CLOSE needs rows of windows"
                    : $"EMIT ON WINDOW CLOSE needs a WATERMARK, and source '{leaf.Source.Name}' has none",
                leaf.Window is null
                    ? "FROM TUMBLE(source, time column, INTERVAL '1 minute'), and GROUP BY window_start"
                    : "declare WATERMARK FOR time_column AS time_column - INTERVAL '5 seconds' in the source");
        }

        if (leaf.Source.Watermark is { } watermark && leaf.Window is { } window
            && !window.TimeColumn.Equals(watermark.Column, StringComparison.OrdinalIgnoreCase))
        {
            throw QueryTree.Refused(
                $"windows over column '{window.TimeColumn}' are not supported: the watermark of source "
                + $"'{leaf.Source.Name}' is of column '{watermark.Column}'", $"use {watermark.Column}");
        }

        _leaves.Add(leaf);
        var number = _leaves.Count - 1;
        if (leaf.Join is { } join)
        {
            Add(join.Left);
            Add(join.Right);
        }

        return ViewPlan.LeafTable(number);
    }

    /// <summary>SELECT DISTINCT of plain expressions is GROUP BY all of them.</summary>
    private void ReplaceDistinct(JsonObject node)
    {
        var modifiers = node["modifiers"]!.AsArray();
        var found = modifiers.FirstOrDefault(modifier => QueryTree.Text(modifier!, "type") == "DISTINCT_MODIFIER");
        if (found is { } distinct
            && distinct["distinct_on_targets"] is not JsonArray { Count: > 0 }
            && node["group_expressions"]!.AsArray().Count == 0 && !session.HoldsAggregate(node["select_list"])
            && !ExpressionRules.HoldsWindowOrSubquery(node["select_list"]))
        {
            modifiers.Remove(distinct);
            node["aggregate_handling"] = "FORCE_AGGREGATES";
        }
    }

    /// <summary>Rows of a batch have no order once they are joined.</summary>
    private static void CheckOrder(JsonObject node, RecordRelation relation)
    {
        var found = ExpressionTree.Walk(node["select_list"]).Concat(ExpressionTree.Walk(node["having"]))
            .Where(found => ExpressionTree.Class(found.Node) == "FUNCTION")
            .Select(found => QueryTree.Text(found.Node, "function_name"));
        if ((relation.Lookups.Count > 0 || relation.Join is not null)
            && found.FirstOrDefault(name => name is "first" or "last") is { } name)
        {
            throw QueryTree.Refused(
                $"{name}() over a join is not supported in a view: joined rows have no order",
                $"{(name == "first" ? "arg_min" : "arg_max")}(value, time)");
        }
    }

    private static JsonArray Limits(JsonObject node) => node["modifiers"]!.AsArray();

    private static void CheckModifiers(JsonObject node)
    {
        var types = node["modifiers"]!.AsArray().Select(modifier => QueryTree.Text(modifier!, "type")).ToList();
        var limits = types.Any(type => type.Contains("LIMIT", StringComparison.Ordinal));
        if (types.Contains("ORDER_MODIFIER") && !limits)
        {
            throw QueryTree.Refused("ORDER BY is not supported in a view", "order when you read the view");
        }

        if (limits && !types.Contains("ORDER_MODIFIER"))
        {
            throw QueryTree.Refused(
                "LIMIT is not supported in a view without ORDER BY", "limit when you read the view");
        }
    }
}
