namespace Tarn.Query.Executions;

/// <summary>
/// Runs SQL over the catalog as Athena does: start, poll, page the results. Thread-safe. Executions and their
/// results survive a restart; one that was running then is failed with the reason. A query over its workgroup's
/// scan limit is refused before any file is read. Failures carry Athena's code, such as <c>SYNTAX_ERROR</c> or
/// <c>TABLE_NOT_FOUND</c>.
/// </summary>
public interface IQueries
{
    /// <summary>
    /// Parses, binds, estimates and starts. Syntax errors, unknown tables and the scan limit do not throw: they
    /// give an execution in state Failed, as in Athena. Throws Invalid or NotFound for a bad request (workgroup,
    /// output location).
    /// </summary>
    Task<QueryExecution> StartAsync(QueryRequest request, CancellationToken cancellation);

    Task<QueryExecution?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// As <see cref="FindAsync"/>, but of an execution that is under way the answer waits for its end, for so long at
    /// most: who asks again and again learns of the end at once, and asks less often.
    /// </summary>
    Task<QueryExecution?> FollowAsync(string id, TimeSpan patience, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<QueryExecution>> ListAsync(string? workgroup, int countMax, CancellationToken cancellation);

    /// <summary>Completes when the execution has ended; progress is reported while it runs.</summary>
    Task<QueryExecution> WaitAsync(string id, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>Cancels a running execution; one that has ended stays as it is.</summary>
    Task StopAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// Stops what runs and forgets the executions of a workgroup, or of all. Result objects stay.
    /// </summary>
    /// <param name="workgroup">Null: all.</param>
    Task ClearAsync(string? workgroup, CancellationToken cancellation);

    /// <summary>A page of a succeeded execution's rows, at most 1,000.</summary>
    Task<ResultPage> ReadAsync(string id, long firstRow, int rowsMax, CancellationToken cancellation);

    /// <summary>
    /// What the query would read, without running it. Throws with Athena's code when it does not bind.
    /// </summary>
    Task<ScanEstimate> EstimateAsync(QueryRequest request, CancellationToken cancellation);

    /// <summary>
    /// Throws Invalid with code SYNTAX_ERROR when the text is no statement. Athena refuses such a text at once, while
    /// <see cref="StartAsync"/> gives an execution in state Failed.
    /// </summary>
    void CheckSyntax(string sql);

    /// <summary>Bytes that the workgroup's queries count since midnight (UTC), running ones included.</summary>
    Task<long> ScannedTodayAsync(string workgroup, CancellationToken cancellation);
}
