using DuckDB.NET.Native;
using Tarn.DuckDb.Errors;
using Tarn.DuckDb.Instances;
using Tarn.DuckDb.NativeFunctions;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb.Sessions;

/// <summary>One connection; see <see cref="IDuckDbSession"/> for what it promises.</summary>
/// <param name="onFatal">Told that the instance behind the connection is lost.</param>
internal sealed class DuckDbSession(
    DuckDBNativeConnection connection, InstanceFunctions functions, Action onFatal) : IDuckDbSession
{
    private readonly SessionTables _tables = new(connection);
    private readonly PreparedStatements _prepared = new(connection);
    private volatile bool _running;
    private bool _ready;

    public double? Progress
    {
        get
        {
            // DuckDB keeps the last statement's number until the next one starts.
            if (!_running || connection.IsClosed)
            {
                return null;
            }

            try
            {
                var percentage = NativeMethods.Startup.DuckDBQueryProgress(connection).Percentage;
                return percentage < 0 ? null : Math.Min(percentage / 100, 1);
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
        }
    }

    public Task<long> ExecuteAsync(string sql, CancellationToken cancellation) =>
        RunAsync(
            () =>
            {
                var changed = NativeStatement.Run(connection, sql);
                _running = false;
                return changed;
            },
            cancellation);

    public Task<IDuckDbResult> QueryAsync(string sql, CancellationToken cancellation) =>
        RunAsync<IDuckDbResult>(
            () => NativeResult.Begin(this, NativeStatement.Start(connection, sql, streaming: true), cancellation),
            cancellation);

    public Task<IDuckDbResult> QueryPreparedAsync(
        string sql, IReadOnlyList<long> parameters, CancellationToken cancellation) =>
        RunAsync<IDuckDbResult>(
            () => NativeResult.Begin(this, _prepared.Start(sql, parameters), cancellation),
            cancellation);

    public void RegisterTable(string name, INativeTable table)
    {
        try
        {
            if (!_tables.TryReplace(name, table))
            {
                _prepared.Clear();
                _tables.Register(name, table);
            }
        }
        catch (DuckDbFailureException failure)
        {
            throw Explain(failure, CancellationToken.None);
        }
    }

    public void RegisterFunctions(IReadOnlyList<ScalarFunction> list) => functions.Register(connection, list);

    public void Dispose()
    {
        _prepared.Dispose();
        connection.Dispose();
        _tables.Dispose();
    }

    /// <summary>The result has been disposed, so that the statement is no longer running.</summary>
    internal void End() => _running = false;

    internal void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(connection);

    /// <summary>What the caller sees of a failure of this session's statement.</summary>
    internal Exception Explain(DuckDbFailureException failure, CancellationToken cancellation)
    {
        if (DuckDbErrors.IsFatal(failure.Message))
        {
            onFatal();
        }

        var thrown = _tables.Failure.Take();
        if (thrown is OperationCanceledException
            || (cancellation.IsCancellationRequested && DuckDbErrors.IsInterrupt(failure.Message)))
        {
            return new OperationCanceledException(failure.Message, thrown, cancellation);
        }

        return thrown switch
        {
            null => DuckDbErrors.ToException(failure.Message),
            TarnException cause => new TarnException(cause.Kind, cause.Message, cause.Detail, cause.Hint, cause)
            {
                Code = cause.Code,
            },
            _ => new TarnException(
                ErrorKind.Unavailable, "a table in memory could not be read", thrown.Message, hint: null, thrown),
        };
    }

    private void Prepare()
    {
        _tables.Failure.Take();
        if (!_ready)
        {
            NativeStatement.Run(connection, DuckDbSettings.Session);
            _ready = true;
        }
    }

    private async Task<T> RunAsync<T>(Func<T> statement, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(connection.IsClosed, this);
        cancellation.ThrowIfCancellationRequested();
        return await Task.Run(
            () =>
            {
                using var interrupt = new StatementInterrupt(connection, cancellation);
                try
                {
                    Prepare();
                    _running = true;
                    return statement();
                }
                catch (DuckDbFailureException failure)
                {
                    _running = false;
                    throw Explain(failure, cancellation);
                }
            },
            CancellationToken.None).ConfigureAwait(false);
    }
}
