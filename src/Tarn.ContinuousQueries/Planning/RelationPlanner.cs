using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Finds the records that a FROM item reads, when each of its rows comes from one record.</summary>
/// <param name="findSource">The source of that name, or null.</param>
internal sealed class RelationPlanner(
    PlanSession session, Func<string, SourceSpec?> findSource, LookupJoinPlanner lookups,
    IntervalJoinPlanner intervals)
{
    private readonly WindowPlanner _windows = new(session);

    /// <summary>Null when the item is something else: a join of sources, or rows of several records.</summary>
    public async Task<RecordRelation?> TryPlanAsync(JsonObject from)
    {
        switch (QueryTree.Text(from, "type"))
        {
            case "BASE_TABLE":
                return OfTable(from);
            case "TABLE_FUNCTION" when WindowPlanner.KindOf(from) is { } kind:
                var source = OfWindowed(from["function"]!["children"]!.AsArray(), kind);
                return await _windows.PlanAsync(source with { Alias = QueryTree.AliasOf(from) }, kind, from)
                    .ConfigureAwait(false);
            case "SUBQUERY":
                return await OfSubqueryAsync(from).ConfigureAwait(false);
            case "JOIN":
                return await lookups.TryPlanAsync(from, TryPlanAsync).ConfigureAwait(false)
                    ?? await intervals.TryPlanAsync(from, TryPlanAsync).ConfigureAwait(false);
            default:
                return null;
        }
    }

    /// <summary>The rows of a SELECT that filters and computes over a relation, under another name.</summary>
    public async Task<RecordRelation> DeriveAsync(JsonObject select, RecordRelation relation, string alias)
    {
        var node = select.DeepClone().AsObject();
        node["from_table"] = QueryTree.Table(relation.Table, relation.Alias);
        var sql = await session.PrintQueryAsync(node).ConfigureAwait(false);
        session.Use(relation.Source);
        var columns = await session.BindNamedAsync(relation.WithSql + sql).ConfigureAwait(false);
        new ExpressionRules(session.Functions).CheckRecordSelect(node);
        var name = session.NewName();
        return relation with
        {
            With = [.. relation.With, $"{name} AS ({sql})"],
            Table = name,
            Alias = alias,
            Columns = [.. columns.Select(column => new SourceColumn(column.Name, column.Type))],
            Window = columns.Any(column => column.Name == WindowPlan.EndColumn) ? relation.Window : null,
            Names = null,
            TimeColumn = TimeIn(node, relation),
        };
    }

    /// <summary>The column of a SELECT that is the relation's event time as it is.</summary>
    private static string? TimeIn(JsonObject node, RecordRelation relation)
    {
        foreach (var item in node["select_list"]!.AsArray())
        {
            if (ExpressionTree.Class(item!) == "COLUMN_REF" && relation.TimeColumn is { } time
                && time.Equals(item!["column_names"]!.AsArray()[^1]!.GetValue<string>(),
                    StringComparison.OrdinalIgnoreCase))
            {
                return QueryTree.Text(item, "alias") is { Length: > 0 } alias ? alias : time;
            }
        }

        var changes = new[] { "replace_list", "rename_list", "exclude_list" };
        return node["select_list"]!.AsArray() is [var only] && ExpressionTree.Class(only!) == "STAR"
            && QueryTree.Text(only!, "relation_name").Length == 0
            && changes.All(change => only![change] is not JsonArray { Count: > 0 })
            ? relation.TimeColumn : null;
    }

    /// <summary>A SELECT without anything that needs more than one row.</summary>
    public bool IsRecordSelect(JsonObject node) =>
        QueryTree.Text(node, "type") == "SELECT_NODE"
        && node["modifiers"]!.AsArray().Count == 0
        && node["group_expressions"]!.AsArray().Count == 0
        && QueryTree.Text(node, "aggregate_handling") != "FORCE_AGGREGATES"
        && node["having"] is null && node["qualify"] is null && node["sample"] is null
        && !new[] { node["select_list"], node["where_clause"] }.Any(part =>
            session.HoldsAggregate(part) || ExpressionRules.HoldsWindowOrSubquery(part));

    private RecordRelation? OfTable(JsonObject from)
    {
        if (QueryTree.Text(from, "schema_name").Length > 0 || QueryTree.Text(from, "catalog_name").Length > 0)
        {
            throw QueryTree.Refused(
                $"'{QueryTree.Text(from, "schema_name")}.{QueryTree.Text(from, "table_name")}' is not a source",
                "sources have plain names; a table of the lake is joined: FROM source JOIN database.table ON ...");
        }

        if (from["column_name_alias"] is JsonArray { Count: > 0 } || from["at_clause"] is not null)
        {
            throw QueryTree.Refused("a column list or AT after the source is not supported in a view",
                "use the source's own column names");
        }

        return SourceOf(QueryTree.Text(from, "table_name")) with { Alias = QueryTree.AliasOf(from) };
    }

    private RecordRelation SourceOf(string name)
    {
        var source = findSource(name.ToLowerInvariant()) ?? throw new TarnException(
            ErrorKind.NotFound, $"source '{name.ToLowerInvariant()}' does not exist", hint: "CREATE SOURCE first");
        return new RecordRelation(source, [], ViewPlan.BatchTable, name, source.Columns, Window: null)
        {
            TimeColumn = source.Watermark is { } watermark ? source.Columns.First(column =>
                column.Name.Equals(watermark.Column, StringComparison.OrdinalIgnoreCase)).Name : null,
        };
    }

    private RecordRelation OfWindowed(JsonArray arguments, WindowKind kind) =>
        arguments.Count > 0 && ExpressionTree.Class(arguments[0]!) == "COLUMN_REF"
            ? SourceOf(arguments[0]!["column_names"]!.AsArray()[^1]!.GetValue<string>())
            : throw new TarnException(
                ErrorKind.Invalid, $"{Name(kind)} needs a source as its first argument",
                hint: WindowPlanner.Form(kind));

    private async Task<RecordRelation?> OfSubqueryAsync(JsonObject from)
    {
        var node = from["subquery"]!["node"]!.AsObject();
        if (!IsRecordSelect(node)
            || from["column_name_alias"] is JsonArray { Count: > 0 }
            || QueryTree.Text(node["from_table"]!, "type")
                is not ("BASE_TABLE" or "TABLE_FUNCTION" or "SUBQUERY" or "JOIN")
            || await TryPlanAsync(node["from_table"]!.AsObject()).ConfigureAwait(false) is not { } inner)
        {
            return null;
        }

        node = node.DeepClone().AsObject();
        inner.Names?.Rewrite(node);
        return await DeriveAsync(node, inner, QueryTree.Text(from, "alias") is { Length: > 0 } alias
            ? alias : "tarn_subquery").ConfigureAwait(false);
    }

    private static string Name(WindowKind kind) => kind.ToString().ToUpperInvariant();
}
