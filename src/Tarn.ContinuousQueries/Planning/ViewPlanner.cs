using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Turns a view's SELECT into a <see cref="ViewPlan"/>, or refuses it.
/// <code>
/// SELECT u, round(avg(x), 1) AS a FROM s WHERE x > 0 GROUP BY u
///   batch: SELECT u, sum(x), count(x) FROM tarn_batch AS s WHERE x > 0 GROUP BY 1
///   final: SELECT k0 AS u, round(a0, 1) AS a FROM (SELECT k0, p0 / p1 AS a0 FROM tarn_state)
/// </code>
/// 1. parse and check the outline; 2. let DuckDB bind the SELECT to the source's columns; 3. resolve names; 4. find the
/// keys;
/// 5. take the aggregates apart; 6. compose both statements and let DuckDB bind them.
/// </summary>
internal sealed class ViewPlanner(IDuckDb duckDb)
{
    private FunctionTable? _functions;

    /// <param name="findSource">The source of that name, or null.</param>
    public async Task<ViewPlan> PlanAsync(
        string select, Func<string, SourceSpec?> findSource, CancellationToken cancellation)
    {
        using var session = duckDb.OpenSession();
        _functions ??= await FunctionTable.ReadAsync(session, cancellation).ConfigureAwait(false);
        var tree = SelectTree.Parse(await SqlText.ParseAsync(session, select, cancellation).ConfigureAwait(false));
        var source = findSource(tree.Source)
            ?? throw new TarnException(ErrorKind.NotFound, $"source '{tree.Source}' does not exist",
                hint: "CREATE SOURCE first");
        var rules = new ExpressionRules(_functions, source.Columns);
        RefuseStars(tree);

        session.RegisterTable(
            ViewPlan.BatchTable,
                new EmptyTable([.. source.Columns.Select(column => new DuckDbColumn(column.Name, column.Type))]));
        var names = await BindAsync(session, tree, cancellation).ConfigureAwait(false);

        var resolver = new NameResolver(tree, source.Columns);
        var items = tree.SelectList.Select(item => resolver.Resolve(item!)).ToList();
        var where = tree.Where is { } condition ? resolver.Resolve(condition) : null;
        var having = tree.Having is { } filter ? resolver.Resolve(filter) : null;
        foreach (var expression in items.Append(where).Append(having))
        {
            rules.Check(expression);
        }

        var keys = FindKeys(tree, resolver, items);
        keys.ForEach(rules.Check);
        if (keys.Count == 0 && !items.Append(having).Any(HoldsAggregate))
        {
            throw SelectTree.Refused("a view needs GROUP BY or an aggregate",
                "rows of a stream are read from its table");
        }

        var composer = new PlanComposer(session, tree.SourceAlias, _functions, cancellation);
        return await composer.ComposeAsync(names, items, keys, where, having).ConfigureAwait(false);
    }

    private bool HoldsAggregate(JsonNode? expression) => ExpressionTree.Walk(expression).Any(
        found => ExpressionTree.Class(found.Node) == "FUNCTION"
            && _functions!.IsAggregate(SelectTree.Text(found.Node, "function_name")));

    /// <summary>Binds the SELECT as written; DuckDB's own words name what is wrong. Returns its columns'
    /// names.</summary>
    private static async Task<IReadOnlyList<string>> BindAsync(
        IDuckDbSession session, SelectTree tree, CancellationToken cancellation)
    {
        var root = tree.Root.DeepClone();
        var from = root["statements"]![0]!["node"]!["from_table"]!;
        from["table_name"] = ViewPlan.BatchTable;
        from["alias"] = tree.SourceAlias;
        var sql = await SqlText.PrintStatementAsync(session, root.ToJsonString(), cancellation).ConfigureAwait(false);
        using var result = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
        var names = result.Columns.Select(column => column.Name).ToList();
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group =>
            group.Count() > 1) is { } twice)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"column '{twice.Key}' of the view appears twice", hint: "name one of them with AS");
        }

        return names;
    }

    private static void RefuseStars(SelectTree tree)
    {
        if (tree.SelectList.Any(item => ExpressionTree.Class(item!) == "STAR"))
        {
            throw SelectTree.Refused("* is not supported in a view", "name the columns");
        }
    }

    private List<JsonNode> FindKeys(SelectTree tree, NameResolver resolver, List<JsonNode> items)
    {
        var expressions = tree.GroupsByAll
            ? items.Where(item => !HoldsAggregate(item))
            : tree.GroupExpressions.Select(expression => IsOrdinal(expression!, out var ordinal)
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
