using System.Text;
using System.Text.Json.Nodes;
using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;
using Tarn.Query.Compilation;
using Tarn.Query.Estimates;
using Tarn.Query.Results;
using Tarn.Query.Statements;
using Tarn.Sql.Tree;

namespace Tarn.Query.Executions;

/// <summary>
/// EXPLAIN: the estimate first, then the plan as DuckDB makes it; EXPLAIN ANALYZE runs the query and says what each
/// part of it took.
/// </summary>
internal sealed class ExplainRuns(QueryCompiler compiler, ResultFiles results)
{
    /// <summary>Plans the explained query. Fails with its own failures, or Unsupported for what has no plan.</summary>
    public async Task<(PreparedRun Run, QueryPlan Plan)> PrepareAsync(
        Statement.Explain explain, string database, CancellationToken cancellation)
    {
        Check(explain);
        var select = QueryOf(explain.Inner) ?? throw Refused(
            explain.Inner.Position, "EXPLAIN of this statement is not supported", "explain a query");
        var plan = await compiler
            .PlanAsync(select, new CompileOptions { Database = database }, cancellation).ConfigureAwait(false);

        // What is not run scans nothing, so that no limit refuses it.
        var estimate = explain.IsAnalyze ? plan.Estimate : null;
        var output = OutputOf(explain.Inner, database);
        return (
            new PreparedRun(estimate, (context, token) => RunAsync(explain, plan, output, context, token), plan), plan);
    }

    /// <summary>The query of a statement that has one.</summary>
    public static Statement.Select? QueryOf(Statement statement) => statement switch
    {
        Statement.Select select => select,
        Statement.Insert insert => new Statement.Select(insert.Query, insert.Tables),
        Statement.CreateTableAs create => new Statement.Select(create.Query, create.Tables),
        Statement.Unload unload => new Statement.Select(unload.Query, unload.Tables),
        _ => null,
    };

    /// <summary>The table that a statement writes, or null.</summary>
    private static TableName? OutputOf(Statement statement, string database) => statement switch
    {
        Statement.Insert insert => TableLookup.NameOf(insert.Table, database),
        Statement.CreateTableAs create => TableLookup.NameOf(create.Table, database),
        _ => null,
    };

    private static void Check(Statement.Explain explain)
    {
        if (explain.Format == "GRAPHVIZ")
        {
            throw Refused(explain.Position, "EXPLAIN (FORMAT GRAPHVIZ) is not supported", "use TEXT or JSON");
        }

        if (explain.IsVerbose)
        {
            throw Refused(explain.Position, "EXPLAIN ANALYZE VERBOSE is not supported", "leave VERBOSE out");
        }

        if (explain.IsAnalyze && explain.Inner is not Statement.Select)
        {
            throw Refused(explain.Position, "EXPLAIN ANALYZE is for queries only", "it would write rows");
        }

        if (explain.IsAnalyze && explain.Type is not null)
        {
            throw Refused(explain.Position, "EXPLAIN ANALYZE has no TYPE", "leave it out");
        }
    }

    private static TarnException Refused(SqlPosition position, string message, string hint) =>
        new(ErrorKind.Unsupported, $"{position}: {message}", hint: hint) { Code = "NOT_SUPPORTED" };

    private async Task<RunOutcome> RunAsync(
        Statement.Explain explain,
        QueryPlan plan,
        TableName? output,
        RunContext context,
        CancellationToken cancellation)
    {
        var (column, lines) = explain.Type switch
        {
            "VALIDATE" => ("Valid", ["true"]),
            "IO" => ("Query Plan", PlanText.Lines(InputOutputText.Of(plan, output))),
            _ => ("Query Plan", await PlanLinesAsync(explain, plan, context, cancellation).ConfigureAwait(false)),
        };
        var summary = await results
            .WriteLinesAsync(context.Id, context.OutputLocation, column, lines, cancellation).ConfigureAwait(false);
        return new RunOutcome(summary, null, null);
    }

    private static async Task<IReadOnlyList<string>> PlanLinesAsync(
        Statement.Explain explain, QueryPlan plan, RunContext context, CancellationToken cancellation)
    {
        var estimate = EstimateText.Lines(plan);
        using var query = QueryCompiler.Open(plan, context.Engine, context.Meter);
        using var session = context.Engine.OpenSession();
        query.Attach(session);
        if (explain.IsAnalyze)
        {
            context.Started(session);
        }

        var words = explain.IsAnalyze ? "EXPLAIN (ANALYZE, FORMAT JSON)" : "EXPLAIN (FORMAT JSON)";
        var text = await TextAsync(session, $"{words} {query.DuckDbSql}", cancellation).ConfigureAwait(false);
        foreach (var (path, name) in query.ObjectsByPath.OrderByDescending(pair => pair.Key.Length))
        {
            text = text.Replace(path, name, StringComparison.Ordinal);
        }

        if (explain.Format == "JSON")
        {
            var root = PlanText.Json(text);
            var json = explain.Type == "LOGICAL" ? root : new JsonObject { ["0"] = root };
            json.Insert(0, "estimate", EstimateText.Json(plan.Estimate));
            return PlanText.Lines(json);
        }

        var head = explain.Type == "DISTRIBUTED" || explain.IsAnalyze ? ["Fragment 0 [SINGLE]"] : Array.Empty<string>();
        var indent = head.Length > 0 ? "    " : "";
        return [.. estimate, "", .. head, .. PlanText.Tree(text).Select(line => indent + line)];
    }

    private static async Task<string> TextAsync(IDuckDbSession session, string sql, CancellationToken cancellation)
    {
        using var rows = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
        var text = new StringBuilder();
        while (rows.Read())
        {
            text.Append(rows.GetValue(1) as string);
        }

        return text.ToString();
    }
}
