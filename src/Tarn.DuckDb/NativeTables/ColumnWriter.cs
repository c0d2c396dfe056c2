namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// Writes values straight into DuckDB's vectors: no boxing, no copy but the value itself. A cell that is not
/// written is NULL. A setter must fit the column's declared type.
/// </summary>
public abstract class ColumnWriter
{
    /// <summary>Rows of one fill, 2,048.</summary>
    public abstract int Capacity { get; }

    /// <summary>
    /// Whether the query reads the column. Writing one that it does not read is allowed and does nothing.
    /// </summary>
    public abstract bool IsRead(int column);

    /// <summary>Takes back a cell that was written in this fill.</summary>
    public abstract void SetNull(int column, int row);

    public abstract void SetBoolean(int column, int row, bool value);

    public abstract void SetInt32(int column, int row, int value);

    public abstract void SetInt64(int column, int row, long value);

    public abstract void SetDouble(int column, int row, double value);

    /// <summary>VARCHAR or JSON from UTF-8 bytes, which must be valid UTF-8.</summary>
    public abstract void SetUtf8(int column, int row, ReadOnlySpan<byte> value);

    /// <summary>DATE as days since 1970-01-01.</summary>
    public abstract void SetDate(int column, int row, int daysSinceEpoch);

    /// <summary>TIMESTAMP or TIMESTAMPTZ as microseconds since 1970-01-01 UTC.</summary>
    public abstract void SetTimestamp(int column, int row, long microsSinceEpoch);

    /// <summary>DECIMAL(p,s) of p up to 18 as the unscaled integer.</summary>
    public abstract void SetDecimal(int column, int row, long unscaled);
}
