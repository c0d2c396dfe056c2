namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// The exception of a scan on its way around DuckDB, which only passes texts on: one per session, set by a scan on any
/// thread, taken by the session when its statement fails.
/// </summary>
internal sealed class ScanFailure
{
    private Exception? _exception;

    public void Set(Exception exception) => Interlocked.CompareExchange(ref _exception, exception, null);

    public Exception? Take() => Interlocked.Exchange(ref _exception, null);
}
