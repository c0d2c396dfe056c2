namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// One scan in a running statement: the table's cursor and the writer for the columns that the query reads.
/// </summary>
internal sealed class ScanState(INativeTableScan scan, UnsafeColumnWriter writer, ScanFailure failure) : IDisposable
{
    /// <summary>Fills one chunk and returns its rows.</summary>
    public int Fill(nint chunk)
    {
        writer.Bind(chunk);
        try
        {
            var rows = scan.Fill(writer);
            return (uint)rows <= (uint)writer.Capacity
                ? rows
                : throw new InvalidOperationException($"a scan returned {rows} rows for a chunk of {writer.Capacity}");
        }
        catch (Exception exception)
        {
            failure.Set(exception);
            throw;
        }
        finally
        {
            writer.Unbind();
        }
    }

    public void Dispose()
    {
        try
        {
            scan.Dispose();
        }
        catch (Exception exception)
        {
            // DuckDB, which calls this, cannot pass it on: the session tells it if the statement fails as well.
            failure.Set(exception);
        }
    }
}
