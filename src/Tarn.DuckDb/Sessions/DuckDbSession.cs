using DuckDB.NET.Native;
using Tarn.DuckDb.Errors;
using Tarn.DuckDb.Instances;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.Sessions;

/// <summary>One connection; see <see cref="IDuckDbSession"/> for what it promises.</summary>
internal sealed class DuckDbSession(DuckDBNativeConnection connection) : IDuckDbSession
{
    private bool _ready;

    public double? Progress
    {
        get
        {
            if (connection.IsClosed)
            {
                return null;
            }

            var percentage = NativeMethods.Startup.DuckDBQueryProgress(connection).Percentage;
            return percentage < 0 ? null : Math.Min(percentage / 100, 1);
        }
    }

    public Task<long> ExecuteAsync(string sql, CancellationToken cancellation) =>
        RunAsync(() => NativeStatement.Run(connection, sql), cancellation);

    public Task<IDuckDbResult> QueryAsync(string sql, CancellationToken cancellation) =>
        RunAsync<IDuckDbResult>(
            () =>
            {
                var native = NativeStatement.Start(connection, sql, streaming: true);
                var result = new NativeResult(this, native, cancellation);
                try
                {
                    result.Begin();
                    return result;
                }
                catch
                {
                    result.Dispose();
                    throw;
                }
            },
            cancellation);

    public void RegisterTable(string name, INativeTable table) => throw new NotSupportedException(name);

    public void Dispose() => connection.Dispose();

    internal void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(connection);

    /// <summary>What the caller sees of a failure of this session's statement.</summary>
    internal static Exception Explain(DuckDbFailureException failure, CancellationToken cancellation) =>
        DuckDbErrors.IsInterrupt(failure.Message) && cancellation.IsCancellationRequested
            ? new OperationCanceledException(cancellation)
            : DuckDbErrors.ToException(failure.Message);

    private void Prepare()
    {
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
                    return statement();
                }
                catch (DuckDbFailureException failure)
                {
                    throw Explain(failure, cancellation);
                }
            },
            CancellationToken.None).ConfigureAwait(false);
    }
}
