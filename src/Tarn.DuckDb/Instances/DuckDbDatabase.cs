using DuckDB.NET.Native;
using Tarn.DuckDb.Errors;
using Tarn.DuckDb.FileReads;
using Tarn.DuckDb.NativeFunctions;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Sessions;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Instances;

/// <summary>
/// One in-memory database, opened at the first session. Settings are applied by the first connection and then locked,
/// so that no statement of any later session can loosen them.
/// </summary>
internal sealed class DuckDbDatabase(DuckDbOptions options) : IDuckDb
{
    private readonly Lock _gate = new();
    private readonly FileReadCounts _reads = new();
    private DuckDBDatabase? _database;
    private InstanceFunctions _functions = new();
    private TempFolder? _temp;
    private bool _disposed;

    public IDuckDbSession OpenSession()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _database ??= OpenDatabase();
            var database = _database;
            return new DuckDbSession(Connect(database), _functions, () => Abandon(database));
        }
    }

    public IFileReads CountReads(Action<long> onRead) => options.CountsReads
        ? new FileReadCount(_reads, onRead)
        : throw new InvalidOperationException("the instance was opened without counting reads");

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _database?.Dispose();
            _temp?.Dispose();
        }
    }

    /// <summary>After a fatal error the next session gets a fresh database; open sessions keep failing.</summary>
    private void Abandon(DuckDBDatabase database)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_database, database))
            {
                _database = null;
                _functions = new InstanceFunctions();
                database.Dispose();
            }
        }
    }

    private DuckDBDatabase OpenDatabase()
    {
        _temp ??= TempFolder.Claim(options.TempDirectory);
        if (NativeMethods.Startup.DuckDBOpen(":memory:", out var database) != DuckDBState.Success)
        {
            throw new TarnException(ErrorKind.Unavailable, "DuckDB did not open an in-memory database");
        }

        try
        {
            using var connection = Connect(database);
            UnsafeTableFunction.Register(connection);
            if (options.CountsReads)
            {
                UnsafeReadLog.Register(database, _reads);
                NativeStatement.Run(connection, UnsafeReadLog.Enable);
            }

            foreach (var statement in DuckDbSettings.Statements(options))
            {
                NativeStatement.Run(connection, statement);
            }

            return database;
        }
        catch (DuckDbFailureException failure)
        {
            database.Dispose();
            throw DuckDbErrors.ToException(failure.Message);
        }
    }

    private static DuckDBNativeConnection Connect(DuckDBDatabase database) =>
        NativeMethods.Startup.DuckDBConnect(database, out var connection) == DuckDBState.Success
            ? connection
            : throw new TarnException(ErrorKind.Unavailable, "DuckDB did not open a connection");
}
