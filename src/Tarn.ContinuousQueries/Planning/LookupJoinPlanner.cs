using System.Text.Json.Nodes;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Definitions;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Turns a join of records with a lookup into one table of records: a row of it still comes of one record.
/// <code>
/// FROM clicks c LEFT JOIN lake.users u ON u.id = c.user_id
///   WITH tarn_relation_0 AS (SELECT tarn_left.user_id, ..., tarn_right.name
///     FROM tarn_batch AS tarn_left LEFT JOIN tarn_lookup_0 AS tarn_right ON tarn_right.id = tarn_left.user_id)
/// </code>
/// A lookup is a joined table whose name has its database: a table of the catalog, or a view as it stands.
/// </summary>
/// <param name="describe">The columns of a table of the lake.</param>
/// <param name="wanted">Names that the view uses, without regard to case; null: all.</param>
internal sealed class LookupJoinPlanner(
    PlanSession session, Func<TableName, Task<IReadOnlyList<DuckDbColumn>>> describe, IReadOnlySet<string>? wanted)
{
    private const string Left = "tarn_left";
    private const string Right = "tarn_right";
    private const string Alias = "tarn_joined";
    private const string Form = "FROM source JOIN database.table ON ...";
    private readonly ExpressionRules _rules = new(session.Functions);
    private int _lookups;

    /// <summary>Whether a side of a join is a lookup by its name.</summary>
    public static bool IsLookup(JsonObject side) =>
        QueryTree.Text(side, "type") == "BASE_TABLE" && QueryTree.Text(side, "schema_name").Length > 0;

    /// <summary>Null when no side is a lookup.</summary>
    /// <param name="planSide">The records of the other side, or null where they are none.</param>
    public async Task<RecordRelation?> TryPlanAsync(JsonObject join, Func<JsonObject, Task<RecordRelation?>> planSide)
    {
        var (left, right) = (join["left"]!.AsObject(), join["right"]!.AsObject());
        if (!IsLookup(left) && !IsLookup(right))
        {
            return null;
        }

        var table = IsLookup(right) ? right : left;
        var name = new TableName(
            QueryTree.Text(table, "schema_name").ToLowerInvariant(),
            QueryTree.Text(table, "table_name").ToLowerInvariant());
        if (IsLookup(left) && IsLookup(right))
        {
            throw QueryTree.Refused($"'{name}' is joined with another table of the lake, and a view needs a source",
                Form);
        }

        var words = Words(join, name, IsLookup(right));
        var relation = await planSide(IsLookup(right) ? left : right).ConfigureAwait(false)
            ?? throw QueryTree.Refused(
                $"'{name}' is joined with rows that are no single records of a source",
                "join the records with it before they are grouped: FROM (SELECT ... FROM source JOIN database.table "
                + "ON ...); or join when you read the view");
        var lookup = await DescribeAsync(table, name, join["using_columns"]!.AsArray()).ConfigureAwait(false);
        return await JoinAsync(join, words, relation, lookup, QueryTree.AliasOf(table), IsLookup(right))
            .ConfigureAwait(false);
    }

    private async Task<RecordRelation> JoinAsync(
        JsonObject join, string words, RecordRelation relation, LookupPlan lookup, string alias, bool isRight)
    {
        var (ours, theirs) = isRight ? (Left, Right) : (Right, Left);
        var streamed = JoinedNames.Of(relation, ours);
        var added = lookup.Columns
            .Select(column => new JoinedColumn(alias, column.Name, theirs, column.Name, column.Type)).ToList();
        var condition = await ConditionAsync(join, streamed, added).ConfigureAwait(false);
        var shared = join["using_columns"]!.AsArray().Select(name => name!.GetValue<string>())
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var showsOnlyOurs = QueryTree.Text(join, "join_type") is "SEMI" or "ANTI";
        var names = JoinedNames.Join(streamed, added, shared);
        names = showsOnlyOurs ? new JoinedNames(streamed) : names;
        var columns = names.Columns;
        var (first, second) = isRight ? (relation.Table, lookup.Table) : (lookup.Table, relation.Table);
        var items = columns.Select(column => $"{column.Sql} AS {SqlText.Name(column.Merged)}");
        var sql = $"SELECT {string.Join(", ", items)}"
            + $" FROM {first} AS {Left} {words} {second} AS {Right}{condition}";
        session.Use(relation.Source);
        await session.UseAsync(lookup).ConfigureAwait(false);
        await session.BindAsync($"{relation.WithSql}{sql} LIMIT 0").ConfigureAwait(false);
        var name = session.NewName();
        return relation with
        {
            With = [.. relation.With, $"{name} AS ({sql})"],
            Table = name,
            Alias = Alias,
            Columns = [.. columns.Select(column => new SourceColumn(column.Merged, column.Type))],
            Names = names,
            Lookups = [.. relation.Lookups, lookup],
        };
    }

    /// <summary>ON ..., or nothing.</summary>
    private async Task<string> ConditionAsync(
        JsonObject join, List<JoinedColumn> streamed, List<JoinedColumn> added)
    {
        var shared = join["using_columns"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        if (shared.Count > 0)
        {
            var (ours, theirs) = (new JoinedNames(streamed), new JoinedNames(added));
            return " ON " + string.Join(" AND ", shared.Select(name =>
                $"{ours.FindOne(name).Sql} = {theirs.FindOne(name).Sql}"));
        }

        if (join["condition"] is not { } condition)
        {
            return "";
        }

        _rules.CheckStable(condition);
        if (ExpressionRules.HoldsWindowOrSubquery(condition) || session.HoldsAggregate(condition))
        {
            throw QueryTree.Refused("a subquery or an aggregate in ON is not supported in a view",
                "compare the columns of a record with those of the lookup");
        }

        var names = new JoinedNames([.. streamed, .. added]);
        return " ON " + await session.PrintAsync(names.RewriteCondition(condition)).ConfigureAwait(false);
    }

    /// <summary>The join as SQL writes it. Refuses those in which a lookup's row alone would be one of the view.
    /// </summary>
    private static string Words(JsonObject join, TableName name, bool isRight)
    {
        var (type, form) = (QueryTree.Text(join, "join_type"), QueryTree.Text(join, "ref_type"));
        return (type, form, isRight) switch
        {
            ("INNER", "REGULAR", _) => "JOIN",
            ("INNER", "CROSS", _) => "CROSS JOIN",
            ("LEFT", "REGULAR", true) => "LEFT JOIN",
            ("SEMI", "REGULAR", true) => "SEMI JOIN",
            ("ANTI", "REGULAR", true) => "ANTI JOIN",
            ("INNER", "ASOF", true) => "ASOF JOIN",
            ("LEFT", "ASOF", true) => "ASOF LEFT JOIN",
            (_, "NATURAL", _) => throw QueryTree.Refused(
                $"NATURAL JOIN with lookup '{name}' is not supported in a view", "name the columns with USING"),
            _ => throw QueryTree.Refused(
                $"{type} JOIN in which lookup '{name}' gives rows of its own is not supported in a view: each row "
                + "comes of a record", $"put the source first: {Form}, or LEFT JOIN"),
        };
    }

    private async Task<LookupPlan> DescribeAsync(JsonObject table, TableName name, JsonArray shared)
    {
        if (table["column_name_alias"] is JsonArray { Count: > 0 } || table["at_clause"] is not null
            || table["sample"] is not null || QueryTree.Text(table, "catalog_name").Length > 0)
        {
            throw QueryTree.Refused(
                $"a catalog's name, a column list, AT or a sample with lookup '{name}' is not supported in a view",
                Form);
        }

        var used = shared.Select(column => column!.GetValue<string>()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var columns = (await describe(name).ConfigureAwait(false))
            .Where(column => wanted is null || wanted.Contains(column.Name) || used.Contains(column.Name)).ToList();
        return columns.Find(column => StoredForm.Of(column.Type) is null) is { } other
            ? throw QueryTree.Refused(
                $"column '{other.Name}' of type {other.Type} of lookup '{name}' is not supported in a view",
                "name the columns that you need, or join with a view of the lake that casts it to VARCHAR")
            : new LookupPlan(NewTable(), name, columns);
    }

    private string NewTable() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"tarn_lookup_{_lookups++}");
}
