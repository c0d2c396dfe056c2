using DuckDB.NET.Native;
using Tarn.DuckDb.Errors;
using Tarn.DuckDb.Results.Readers;
using Tarn.DuckDb.Sessions;

namespace Tarn.DuckDb.Results;

/// <summary>
/// Rows of a streaming result, one chunk (2,048 rows) in memory at a time; DuckDB holds about a megabyte more. The
/// first chunk is fetched with the statement, so that its work and its errors belong to QueryAsync and not to the first
/// Read.
/// </summary>
internal sealed class NativeResult : IDuckDbResult
{
    private readonly DuckDbSession _session;
    private readonly ValueReader[] _readers;
    private readonly UnsafeResultChunk _columns;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;
    private int _rows;
    private int _row = -1;
    private bool _disposed;

    private NativeResult(DuckDbSession session, DuckDBResult result, CancellationToken cancellation)
    {
        _session = session;
        _result = result;
        _cancellation = cancellation;
        var count = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
        var columns = new DuckDbColumn[count];
        _readers = new ValueReader[count];
        for (var index = 0; index < count; index++)
        {
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref _result, index);
            var name = NativeMethods.Query.DuckDBColumnName(ref _result, index);
            columns[index] = new DuckDbColumn(name, TypeText.Of(type));
            _readers[index] = ValueReaders.Create(type, name);
        }

        Columns = columns;
        _columns = UnsafeResultChunk.Of(
            count, index => NativeMethods.Query.DuckDBColumnLogicalType(ref _result, index));
        _registration = cancellation.UnsafeRegister(static state => ((DuckDbSession)state!).Interrupt(), session);
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>Takes over a started statement and fetches its first chunk. Destroys it when that fails.</summary>
    public static IDuckDbResult Begin(DuckDbSession session, DuckDBResult started, CancellationToken cancellation)
    {
        NativeResult? result = null;
        try
        {
            result = new NativeResult(session, started, cancellation);
            result.FetchChunk();
            return result;
        }
        catch
        {
            if (result is null)
            {
                NativeMethods.Query.DuckDBDestroyResult(ref started);
            }

            result?.Dispose();
            session.End();
            throw;
        }
    }

    public bool Read()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (_chunk is not null)
        {
            if (++_row < _rows)
            {
                return true;
            }

            Step();
        }

        return false;
    }

    public ResultChunk? ReadChunk()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (_chunk is not null && (_row >= 0 || _rows == 0))
        {
            Step();
        }

        // Read goes on behind this chunk.
        _row = _rows;
        return _chunk is null ? null : _columns;
    }

    public object? GetValue(int column) => (uint)_row < (uint)_rows
        ? _readers[column].Read(_row)
        : throw new InvalidOperationException("there is no current row: call Read first");

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _registration.Dispose();
        _columns.Unbind();
        _chunk?.Dispose();
        NativeMethods.Query.DuckDBDestroyResult(ref _result);
        _session.End();
    }

    private void Step()
    {
        try
        {
            FetchChunk();
        }
        catch (DuckDbFailureException failure)
        {
            throw _session.Explain(failure, _cancellation);
        }
    }

    private void FetchChunk()
    {
        _columns.Unbind();
        _chunk?.Dispose();
        _chunk = null;
        _row = -1;
        _rows = 0;
        _cancellation.ThrowIfCancellationRequested();
        var chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        if (chunk.IsInvalid)
        {
            chunk.Dispose();
            var error = NativeMethods.Query.DuckDBResultError(ref _result);
            if (!string.IsNullOrEmpty(error))
            {
                throw new DuckDbFailureException(error);
            }

            return;
        }

        _chunk = chunk;
        _rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
        _columns.Bind(chunk, _rows);
        for (var index = 0; index < _readers.Length; index++)
        {
            _readers[index].Bind(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, index));
        }
    }
}
