namespace Tarn.DuckDb.NativeTables;

/// <summary>What one DuckDB thread does of a scan. Begun by its first chunk.</summary>
internal sealed class ThreadScan : IDisposable
{
    private (INativeTableScan Scan, UnsafeColumnWriter Writer, bool IsOwned)? _part;
    private ScanFailure? _failure;

    /// <summary>Fills one chunk and returns its rows.</summary>
    public int Fill(ScanState state, nint chunk)
    {
        _failure = state.Failure;
        try
        {
            if (state.Blocks is { } blocks)
            {
                return UnsafeBlockCopy.Fill(blocks, state.Outputs, chunk);
            }

            var (scan, writer, _) = _part ??= state.OpenThread();
            writer.Bind(chunk);
            try
            {
                var rows = scan.Fill(writer);
                return (uint)rows <= (uint)writer.Capacity
                    ? rows
                    : throw new InvalidOperationException(
                        $"a scan returned {rows} rows for a chunk of {writer.Capacity}");
            }
            finally
            {
                writer.Unbind();
            }
        }
        catch (Exception exception)
        {
            _failure.Set(exception);
            throw;
        }
    }

    public void Dispose()
    {
        if (_part is { IsOwned: true } part)
        {
            ScanState.Dispose(part.Scan, _failure!);
        }
    }
}
