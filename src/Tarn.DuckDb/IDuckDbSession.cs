using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb;

/// <summary>
/// One connection. Statements run on a pool thread; cancelling interrupts the running statement and the session stays
/// usable. A cancelled statement throws OperationCanceledException. Failures: Invalid (the SQL, a value), LimitExceeded
/// (memory), Denied (outside the allowed directories), Damaged (a file's content), Unavailable (a file that is gone,
/// disk full).
/// </summary>
public interface IDuckDbSession : IDisposable
{
    /// <summary>
    /// Runs a statement to its end. Returns the rows it changed or copied, 0 where that means nothing.
    /// </summary>
    Task<long> ExecuteAsync(string sql, CancellationToken cancellation);

    /// <summary>
    /// Runs a query up to its first rows; the others are computed as they are read, about a megabyte ahead. Dispose the
    /// result before the next statement. Cancelling the token also stops the reading.
    /// </summary>
    Task<IDuckDbResult> QueryAsync(string sql, CancellationToken cancellation);

    /// <summary>
    /// As <see cref="QueryAsync"/>, of one statement that will be run again: it is planned once and kept by its text,
    /// as are the others used last.
    /// </summary>
    /// <param name="parameters">Values of <c>$1</c>, <c>$2</c> and so on, BIGINT.</param>
    Task<IDuckDbResult> QueryPreparedAsync(
        string sql, IReadOnlyList<long> parameters, CancellationToken cancellation);

    /// <summary>
    /// Makes rows held in memory readable in this session under <paramref name="name"/> (quoted as needed by the caller
    /// in SQL), replacing an earlier table of that name. The rows are pulled when a query reads the name, once per
    /// reference.
    /// </summary>
    void RegisterTable(string name, INativeTable table);

    /// <summary>
    /// Makes C# functions callable in every session of the instance, once: the same list again costs nothing. Their
    /// names must be new to it.
    /// </summary>
    void RegisterFunctions(IReadOnlyList<ScalarFunction> functions);

    /// <summary>
    /// Share of the running statement that is done, 0 to 1, or null when DuckDB cannot tell. Any thread.
    /// </summary>
    double? Progress { get; }
}
