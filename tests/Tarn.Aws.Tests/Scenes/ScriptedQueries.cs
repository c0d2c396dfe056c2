using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>
/// Executions in whatever state a test puts them, so that the protocol around each state can be seen.
/// </summary>
internal sealed class ScriptedQueries : IQueries
{
    private readonly List<QueryExecution> _executions = [];

    public IReadOnlyList<ResultColumn> Columns { get; set; } = [];

    public IReadOnlyList<IReadOnlyList<string?>> Rows { get; set; } = [];

    public List<string> Stopped { get; } = [];

    public QueryExecution Add(QueryExecution execution)
    {
        lock (_executions)
        {
            _executions.RemoveAll(known => known.Id == execution.Id);
            _executions.Add(execution);
        }

        return execution;
    }

    public Task<QueryExecution> StartAsync(QueryRequest request, CancellationToken cancellation) =>
        request.Sql.StartsWith("BAD", StringComparison.Ordinal)
            ? throw new TarnException(ErrorKind.Invalid, "output location is missing") { Code = "INVALID_INPUT" }
            : Task.FromResult(Add(new QueryExecution
            {
                Id = $"00000000-0000-0000-0000-{_executions.Count:D12}",
                Request = request,
                State = QueryState.Running,
                SubmittedAt = DateTimeOffset.UnixEpoch,
            }));

    public Task<QueryExecution?> FindAsync(string id, CancellationToken cancellation) =>
        Task.FromResult(_executions.Find(execution => execution.Id == id));

    public Task<QueryExecution?> FollowAsync(string id, TimeSpan patience, CancellationToken cancellation) =>
        FindAsync(id, cancellation);

    public Task<IReadOnlyList<QueryExecution>> ListAsync(
        string? workgroup, int countMax, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<QueryExecution>>(
            [.. Enumerable.Reverse(_executions).Where(e => e.Request.Workgroup == workgroup).Take(countMax)]);

    public Task<QueryExecution> WaitAsync(string id, IProgress<double>? progress, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task ClearAsync(string? workgroup, CancellationToken cancellation)
    {
        _executions.RemoveAll(execution => execution.Request.Workgroup == workgroup);
        return Task.CompletedTask;
    }

    public void CheckSyntax(string sql)
    {
        if (sql.StartsWith("SELEC ", StringComparison.Ordinal))
        {
            throw new TarnException(ErrorKind.Invalid, "line 1:1: mismatched input 'SELEC'") { Code = "SYNTAX_ERROR" };
        }
    }

    public Task<long> ScannedTodayAsync(string workgroup, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task StopAsync(string id, CancellationToken cancellation)
    {
        Stopped.Add(id);
        return Task.CompletedTask;
    }

    public Task<ResultPage> ReadAsync(string id, long firstRow, int rowsMax, CancellationToken cancellation)
    {
        var rows = Rows.Skip((int)firstRow).Take(rowsMax).ToList();
        var next = firstRow + rows.Count;
        return Task.FromResult(new ResultPage(Columns, rows, next < Rows.Count ? next : null));
    }

    public Task<ScanEstimate> EstimateAsync(QueryRequest request, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
