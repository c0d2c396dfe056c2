using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>DuckDB while one view is planned: prints trees and binds SQL against empty tables.</summary>
internal sealed class PlanSession(IDuckDbSession session, FunctionTable functions, CancellationToken cancellation)
{
    private int _relations;

    public FunctionTable Functions { get; } = functions;

    /// <summary>A name for a common table expression.</summary>
    public string NewName() => string.Create(CultureInfo.InvariantCulture, $"tarn_relation_{_relations++}");

    /// <summary>Makes the source's columns the batch.</summary>
    public void Use(SourceSpec source) => session.RegisterTable(
        ViewPlan.BatchTable,
        new EmptyTable([.. source.Columns.Select(column => new DuckDbColumn(column.Name, column.Type))]));

    /// <summary>Makes columns without rows readable under a name.</summary>
    public void Register(string name, IReadOnlyList<DuckDbColumn> columns) =>
        session.RegisterTable(name, new EmptyTable(columns));

    /// <summary>Makes a lookup's columns readable.</summary>
    public Task UseAsync(LookupPlan lookup)
    {
        session.RegisterTable(LookupPlan.RowsTable, new EmptyTable(lookup.RowColumns));
        return session.ExecuteAsync(lookup.MakeSql, cancellation);
    }

    public void RegisterState(int leaf, IReadOnlyList<DuckDbColumn> columns) =>
        session.RegisterTable(ViewPlan.StateTable(leaf), new EmptyTable(columns));

    public async Task<JsonObject> ParseAsync(string select) =>
        QueryTree.Parse(await SqlText.ParseAsync(session, select, cancellation).ConfigureAwait(false));

    public Task<string> PrintQueryAsync(JsonNode node) =>
        SqlText.PrintStatementAsync(session, QueryTree.Statement(node), cancellation);

    public async Task<string> PrintAsync(JsonNode expression)
    {
        var bare = expression.DeepClone();
        bare["alias"] = "";
        return await SqlText.PrintAsync(session, bare.ToJsonString(), cancellation).ConfigureAwait(false);
    }

    /// <summary>The columns a query has. DuckDB's own words name what is wrong with it.</summary>
    public async Task<IReadOnlyList<DuckDbColumn>> BindAsync(string sql)
    {
        using var result = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
        return result.Columns;
    }

    /// <summary>The columns a query of a view has: each name once.</summary>
    public async Task<IReadOnlyList<DuckDbColumn>> BindNamedAsync(string sql)
    {
        var columns = await BindAsync(sql).ConfigureAwait(false);
        return columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new TarnException(
                ErrorKind.Invalid, $"column '{twice.Key}' of the view appears twice", hint: "name one of them with AS")
            : columns;
    }

    /// <summary>DuckDB's type of an expression over a relation.</summary>
    public async Task<string> TypeOfAsync(string expression, RecordRelation relation)
    {
        var columns = await BindAsync($"{relation.WithSql}SELECT {expression} {relation.FromSql} LIMIT 0")
            .ConfigureAwait(false);
        return CellType.Of(columns[0].Type)?.Sql ?? columns[0].Type;
    }

    /// <summary>An interval that is constant and without months, in microseconds.</summary>
    public async Task<long> IntervalAsync(JsonNode expression, string what)
    {
        var sql = await PrintAsync(expression).ConfigureAwait(false);
        try
        {
            using var result = await session.QueryAsync(
                "SELECT epoch_us(i), date_part('month', i) + date_part('year', i) "
                    + $"FROM (SELECT ({sql})::INTERVAL AS i)",
                cancellation).ConfigureAwait(false);
            result.Read();
            return result.GetValue(0) is not long microseconds || microseconds <= 0
                ? throw new TarnException(ErrorKind.Invalid, $"{what} is {sql} and not longer than nothing")
                : Convert.ToInt64(result.GetValue(1), CultureInfo.InvariantCulture) == 0
                    ? microseconds
                    : throw QueryTree.Refused($"{what} in months is not supported: they differ in length", "use days");
        }
        catch (TarnException cause) when (cause.Kind == ErrorKind.Invalid && cause.Hint is null)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"{what}: {cause.Message}", hint: "write it as INTERVAL '1 minute'", cause: cause);
        }
    }

    /// <summary>A constant number, or a list of such.</summary>
    public async Task<(IReadOnlyList<ConstantNumber> Numbers, bool IsList)> NumbersAsync(string sql)
    {
        var isList = (await BindAsync($"SELECT {sql}").ConfigureAwait(false))[0].Type.EndsWith(']');
        var numbers = new List<ConstantNumber>();
        using var result = await session.QueryAsync(
            $"SELECT typeof(n), CAST(n AS VARCHAR) FROM (SELECT {(isList ? $"unnest({sql})" : sql)} AS n)",
            cancellation).ConfigureAwait(false);
        while (result.Read())
        {
            var text = (string?)result.GetValue(1)
                ?? throw new TarnException(ErrorKind.Invalid, $"{sql} holds NULL where a number is needed");
            numbers.Add(new ConstantNumber(
                double.Parse(text, CultureInfo.InvariantCulture),
                ((string)result.GetValue(0)!).StartsWith("DECIMAL", StringComparison.Ordinal)
                    ? decimal.Parse(text, CultureInfo.InvariantCulture) : null));
        }

        return (numbers, isList);
    }

    /// <summary>Microseconds of an interval that is constant and without months; null: it is something else.</summary>
    public async Task<long?> SpanAsync(JsonNode expression)
    {
        var sql = await PrintAsync(expression).ConfigureAwait(false);
        try
        {
            using var result = await session.QueryAsync(
                "SELECT CASE WHEN typeof(i) = 'INTERVAL' AND date_part('month', CAST(i AS INTERVAL)) = 0 "
                    + "AND date_part('year', CAST(i AS INTERVAL)) = 0 THEN epoch_us(CAST(i AS INTERVAL)) END "
                    + $"FROM (SELECT ({sql}) AS i)",
                cancellation).ConfigureAwait(false);
            return result.Read() ? (long?)result.GetValue(0) : null;
        }
        catch (TarnException cause) when (cause.Kind == ErrorKind.Invalid)
        {
            return null;
        }
    }

    public bool HoldsAggregate(JsonNode? expression) => ExpressionTree.Walk(expression).Any(
        found => ExpressionTree.Class(found.Node) == "FUNCTION"
            && Functions.IsAggregate(QueryTree.Text(found.Node, "function_name")));
}
