namespace Tarn.Query.Executions;

/// <summary>
/// What a running query has read up to now: bytes of objects as they are stored (packed ones packed; of Parquet what
/// DuckDB reads of column chunks, footers apart), each pass over an object counted, and the rows of what DuckDB
/// does not read itself. Thread-safe.
/// </summary>
/// <param name="onOver">Told once, on a pool thread, when the bytes pass the limit.</param>
internal sealed class ScanMeter(Action<long> onOver)
{
    private long _bytes;
    private long _rows;
    private long _bytesMax = long.MaxValue;
    private int _isOver;

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>The query may read so many.</summary>
    public long BytesMax
    {
        get => Interlocked.Read(ref _bytesMax);
        set => Interlocked.Exchange(ref _bytesMax, value);
    }

    public void Add(long bytes)
    {
        var sum = Interlocked.Add(ref _bytes, bytes);
        if (sum > BytesMax && Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            // DuckDB tells its reads within a lock of its own, where nothing may wait.
            _ = Task.Run(() => onOver(sum));
        }
    }

    public void AddRows(int rows) => Interlocked.Add(ref _rows, rows);
}
