using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.Statements;

namespace Tarn.Console.Api.Sql;

/// <summary><c>/api/sql</c>: start, follow, page, stop and estimate statements.</summary>
internal static class SqlApi
{
    private const int WaitMillisecondsMax = 30_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sql", StartAsync);
        api.MapGet("/sql", ListAsync);
        api.MapPost("/sql/estimate", EstimateAsync);
        api.MapGet("/sql/{id}", FollowAsync);
        api.MapGet("/sql/{id}/rows", ReadAsync);
        api.MapDelete("/sql/{id}", StopAsync);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, IQueries queries, IEnumerable<IStatementHandler> handlers, QueryProgress progress)
    {
        var request = await ApiJson.ReadAsync<SqlRequest>(context.Request);
        var query = Query(request);
        if (handlers.FirstOrDefault(handler => handler.Handles(query.Sql)) is { } handler
            && !handler.GivesRows(query.Sql))
        {
            var text = await handler.ExecuteAsync(query.Sql, query.Database, context.RequestAborted);
            return ApiJson.Result(new { Text = text });
        }

        var execution = await queries.StartAsync(query, context.RequestAborted);
        return ApiJson.Result(Describe(execution, Fraction(execution, progress)));
    }

    private static async Task<IResult> ListAsync(HttpContext context, IQueries queries, QueryProgress progress)
    {
        ApiQuery.Allow(context.Request, "max");
        var max = (int)ApiQuery.Number(context.Request, "max", otherwise: 20, min: 1, max: 1000);
        var executions = await queries.ListAsync(workgroup: null, max, context.RequestAborted);
        return ApiJson.Result(executions.Select(execution => Describe(execution, Fraction(execution, progress))));
    }

    private static async Task<IResult> EstimateAsync(
        HttpContext context, IQueries queries, IEnumerable<IStatementHandler> handlers)
    {
        var query = Query(await ApiJson.ReadAsync<SqlRequest>(context.Request));
        return handlers.Any(handler => handler.Handles(query.Sql))
            ? ApiJson.Result(new ScanEstimate(0, 0, 0m))
            : ApiJson.Result(await queries.EstimateAsync(query, context.RequestAborted));
    }

    private static async Task<IResult> FollowAsync(
        string id, HttpContext context, IQueries queries, QueryProgress progress, TimeProvider time)
    {
        ApiQuery.Allow(context.Request, "wait_ms");
        var wait = ApiQuery.Number(context.Request, "wait_ms", otherwise: 0, min: 0, max: WaitMillisecondsMax);
        var execution = await FindAsync(queries, id, context.RequestAborted);
        if (IsUnderWay(execution) && wait > 0)
        {
            var ended = progress.Follow(id).Completion;
            var late = Task.Delay(TimeSpan.FromMilliseconds(wait), time, context.RequestAborted);
            await Task.WhenAny(ended, late);
            context.RequestAborted.ThrowIfCancellationRequested();
            execution = await FindAsync(queries, id, context.RequestAborted);
        }

        return ApiJson.Result(Describe(execution, Fraction(execution, progress)));
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext context, IQueries queries)
    {
        ApiQuery.Allow(context.Request, "first", "max");
        var first = ApiQuery.Number(context.Request, "first", otherwise: 0, min: 0, max: long.MaxValue);
        var max = (int)ApiQuery.Number(context.Request, "max", otherwise: 1000, min: 1, max: 1000);
        var page = await queries.ReadAsync(id, first, max, context.RequestAborted);
        return ApiJson.Result(new
        {
            Columns = page.Columns.Select(column => new { column.Name, column.Type, column.Precision, column.Scale }),
            page.Rows,
            page.NextRow,
        });
    }

    private static async Task<IResult> StopAsync(
        string id, HttpContext context, IQueries queries, QueryProgress progress)
    {
        await queries.StopAsync(id, context.RequestAborted);
        var execution = await FindAsync(queries, id, context.RequestAborted);
        return ApiJson.Result(Describe(execution, Fraction(execution, progress)));
    }

    private static QueryRequest Query(SqlRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Sql))
        {
            throw new TarnException(ErrorKind.Invalid, "sql is empty");
        }

        var query = new QueryRequest { Sql = request.Sql, OutputLocation = request.OutputLocation };
        query = request.Database is null ? query : query with { Database = request.Database };
        return request.Workgroup is null ? query : query with { Workgroup = request.Workgroup };
    }

    private static async Task<QueryExecution> FindAsync(IQueries queries, string id, CancellationToken cancellation) =>
        await queries.FindAsync(id, cancellation)
        ?? throw new TarnException(ErrorKind.NotFound, $"query '{id}' does not exist");

    private static bool IsUnderWay(QueryExecution execution) =>
        execution.State is QueryState.Queued or QueryState.Running;

    private static double Fraction(QueryExecution execution, QueryProgress progress) =>
        IsUnderWay(execution) ? progress.Follow(execution.Id).Fraction
        : execution.State == QueryState.Succeeded ? 1 : 0;

    private static object Describe(QueryExecution execution, double fraction) => new
    {
        execution.Id,
        execution.State,
        Progress = fraction,
        execution.StatementType,
        execution.Request.Sql,
        execution.Request.Database,
        execution.Request.Workgroup,
        execution.Estimate,
        execution.ScannedBytes,
        execution.AthenaPriceUsd,
        execution.EngineMilliseconds,
        execution.RowCount,
        execution.UpdateCount,
        execution.IsReused,
        execution.ResultLocation,
        execution.SubmittedAt,
        execution.CompletedAt,
        Error = execution.StateChangeReason is null && execution.ErrorCode is null
            ? null
            : new { Code = execution.ErrorCode, Message = execution.StateChangeReason },
    };
}
