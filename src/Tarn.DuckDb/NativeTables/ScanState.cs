namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// One scan in a running statement: the table's cursor and the columns that the query reads.
/// </summary>
internal sealed class ScanState(INativeTableScan scan, NativeType[] types, int[] outputs, ScanFailure failure)
    : IDisposable
{
    public int ThreadsMax => scan is ISharedTableScan shared ? shared.ThreadsMax : 1;

    public ScanFailure Failure => failure;

    /// <summary>Of a table in blocks, which one thread reads; null of the others.</summary>
    public IBlockScan? Blocks => scan as IBlockScan;

    /// <summary>For each output vector the table's column, or a number beyond them for none.</summary>
    public int[] Outputs => outputs;

    /// <summary>What one thread fills chunks from; it owns what comes with <c>IsOwned</c>.</summary>
    public (INativeTableScan Scan, UnsafeColumnWriter Writer, bool IsOwned) OpenThread() =>
        scan is ISharedTableScan shared
            ? (shared.OpenPart(), new UnsafeColumnWriter(types, outputs), true)
            : (scan, new UnsafeColumnWriter(types, outputs), false);

    public void Dispose() => Dispose(scan, failure);

    public static void Dispose(INativeTableScan scan, ScanFailure failure)
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
