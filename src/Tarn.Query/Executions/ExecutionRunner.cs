using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Query.Compilation;
using Tarn.Query.Results;
using Tarn.Query.Statements;
using Tarn.Query.Workgroups;
using Tarn.Sql;
using Tarn.Sql.Tree;

namespace Tarn.Query.Executions;

/// <summary>Runs one statement of any kind: plan it, hold it against the limit, run it, write its result.</summary>
internal sealed class ExecutionRunner(
    QueryCompiler compiler,
    ResultFiles results,
    ResultPlaces places,
    CatalogStatements catalogStatements,
    WriteRuns writes,
    ExplainRuns explains,
    PreparedNames prepared,
    ParsedStatements parsed,
    IEnumerable<IStatementHandler> handlers)
{
    private static readonly Dictionary<string, string> NoPaths = [];

    /// <summary>What is no statement is DML, as it is what fails as one.</summary>
    public StatementKind KindOf(string sql)
    {
        if (handlers.FirstOrDefault(handler => handler.Handles(sql)) is { } known)
        {
            return new StatementKind(known.GivesRows(sql) ? "UTILITY" : "DDL", null);
        }

        try
        {
            return StatementKind.Of(parsed.Parse(sql));
        }
        catch (TarnException)
        {
            return new StatementKind("DML", null);
        }
    }

    /// <summary>What the statement would scan; null when it is no query.</summary>
    public async Task<ScanEstimate?> EstimateAsync(QueryRequest request, CancellationToken cancellation)
    {
        if (handlers.Any(handler => handler.Handles(request.Sql)))
        {
            return null;
        }

        var statement = await prepared
            .ResolveAsync(Parse(request.Sql), request.Workgroup, cancellation).ConfigureAwait(false);
        var select = statement is Statement.Explain ? null : ExplainRuns.QueryOf(statement);
        if (select is null)
        {
            return null;
        }

        using var plan = await PlanAsync(select, request, cancellation).ConfigureAwait(false);
        await RequireAsync(plan, request.Workgroup, cancellation).ConfigureAwait(false);
        return plan.Estimate;
    }

    /// <summary>Throws when the text is no statement.</summary>
    public void CheckSyntax(string sql)
    {
        if (!handlers.Any(handler => handler.Handles(sql)))
        {
            parsed.Parse(sql);
        }
    }

    /// <summary>Plans the statement, and refuses it when it would pass the workgroup's limit.</summary>
    public async Task<PreparedRun> PrepareAsync(
        QueryRequest request, Workgroup workgroup, CancellationToken cancellation)
    {
        if (handlers.FirstOrDefault(handler => handler.Handles(request.Sql)) is { } handler)
        {
            return handler.GivesRows(request.Sql) ? Rows(handler, request) : Lines(async token =>
            {
                var text = await handler.ExecuteAsync(request.Sql, request.Database, token).ConfigureAwait(false);
                return ("result", text.Split('\n'));
            });
        }

        var statement = await prepared
            .ResolveAsync(Parse(request.Sql), request.Workgroup, cancellation).ConfigureAwait(false);
        await places.RequireOwnAsync(workgroup.Name, NamedPlaces.Of(statement), cancellation).ConfigureAwait(false);
        if (statement is Statement.Select select)
        {
            var plan = await PlanAsync(select, request, cancellation).ConfigureAwait(false);
            var run = new PreparedRun(plan.Estimate, (context, token) => RunAsync(plan, context, token), plan)
            {
                OnlyReads = true,
            };
            return await BoundAsync(run, plan, workgroup, cancellation).ConfigureAwait(false);
        }

        if (statement is Statement.Explain explain)
        {
            var (run, plan) = await explains
                .PrepareAsync(explain, request.Database, cancellation).ConfigureAwait(false);
            return await BoundAsync(run, plan, workgroup, cancellation).ConfigureAwait(false);
        }

        return await writes.PrepareAsync(statement, request.Database, cancellation).ConfigureAwait(false) is { } write
            ? await BoundAsync(write.Run, write.Write.Plan, workgroup, cancellation).ConfigureAwait(false)
            : Lines(token => RunLinesAsync(statement, request, token));
    }

    private async Task<(string Column, IReadOnlyList<string> Lines)> RunLinesAsync(
        Statement statement, QueryRequest request, CancellationToken cancellation)
    {
        if (await prepared.RunAsync(statement, request.Workgroup, cancellation).ConfigureAwait(false))
        {
            return ("", []);
        }

        return await catalogStatements.RunAsync(statement, request.Database, cancellation).ConfigureAwait(false)
            ?? throw Refused(statement);
    }

    /// <summary>The run, within what the workgroup may read and how much of it.</summary>
    private async Task<PreparedRun> BoundAsync(
        PreparedRun run, QueryPlan? plan, Workgroup workgroup, CancellationToken cancellation)
    {
        try
        {
            if (plan is not null)
            {
                await RequireAsync(plan, workgroup.Name, cancellation).ConfigureAwait(false);
            }
        }
        catch (TarnException)
        {
            run.Dispose();
            throw;
        }

        run = run with { CountsRows = plan is { CountsRows: true } };
        return workgroup.ScannedBytesMax is { } limit && run.Estimate?.Bytes > limit
            ? run with { Refusal = LimitExceeded(run.Estimate.Bytes, limit) }
            : run;
    }

    private static TarnException LimitExceeded(long estimate, long limit) => new(
        ErrorKind.LimitExceeded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Bytes scanned limit was exceeded: estimate {estimate:N0} bytes, limit {limit:N0} bytes"))
    {
        Code = "BYTES_SCANNED_LIMIT_EXCEEDED",
    };

    private Statement Parse(string sql) =>
        parsed.Parse(sql) is var statement && statement is Statement.Other ? throw Refused(statement) : statement;

    private static TarnException Refused(Statement statement)
    {
        var other = statement as Statement.Other;
        var words = string.Concat(
            statement.GetType().Name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {c}" : $"{c}"));
        return new TarnException(
            ErrorKind.Unsupported,
            $"{statement.Position}: {other?.Name ?? words.ToUpperInvariant()} is not supported",
            hint: string.IsNullOrEmpty(other?.Hint) ? null : other.Hint) { Code = "NOT_SUPPORTED" };
    }

    /// <summary>Fails when the plan reads results of another workgroup.</summary>
    private Task RequireAsync(QueryPlan plan, string workgroup, CancellationToken cancellation) =>
        places.RequireAsync(
            workgroup,
            plan.Inputs.Select(input => (input.Table, input.Objects.Select(found => found.Key))),
            cancellation);

    private Task<QueryPlan> PlanAsync(Statement.Select select, QueryRequest request, CancellationToken cancellation) =>
        compiler.PlanAsync(select, new CompileOptions { Database = request.Database }, cancellation);

    private async Task<RunOutcome> RunAsync(QueryPlan plan, RunContext context, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, string> paths = NoPaths;
        try
        {
            using var query = QueryCompiler.Open(plan, context.Engine, context.Meter);
            paths = query.ObjectsByPath;
            using var session = context.Engine.OpenSession();
            query.Attach(session);
            context.Started(session);
            using var rows = await session.QueryAsync(query.DuckDbSql, cancellation).ConfigureAwait(false);
            var summary = await results.WriteAsync(context, query.Columns, rows, cancellation).ConfigureAwait(false);
            return new RunOutcome(summary, null, null);
        }
        catch (TarnException failure)
        {
            var (code, reason) = QueryFailure.Describe(failure, paths);
            return new RunOutcome(null, code, reason);
        }
    }

    /// <summary>A statement of a handler that answers with rows.</summary>
    private PreparedRun Rows(IStatementHandler handler, QueryRequest request) => new(
        null,
        async (context, token) =>
        {
            var rows = await handler.ReadAsync(request.Sql, request.Database, token).ConfigureAwait(false);
            var summary = await results
                .WriteRowsAsync(context.Id, context.OutputLocation, rows, token)
                .ConfigureAwait(false);
            return new RunOutcome(summary, null, null);
        },
        null);

    /// <summary>A statement whose answer is lines of one column.</summary>
    private PreparedRun Lines(Func<CancellationToken, Task<(string Column, IReadOnlyList<string> Lines)>> run) => new(
        null,
        async (context, token) =>
        {
            var (column, lines) = await run(token).ConfigureAwait(false);
            var summary = await results
                .WriteLinesAsync(context.Id, context.OutputLocation, column, lines, token)
                .ConfigureAwait(false);
            return new RunOutcome(summary, null, null);
        },
        null);
}
