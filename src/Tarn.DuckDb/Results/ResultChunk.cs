namespace Tarn.DuckDb.Results;

/// <summary>
/// Rows of a result as they lie in DuckDB's memory, column by column: no object per value. Valid until the next step of
/// its result. A column of a type that a method does not name is refused with InvalidOperationException.
/// </summary>
public abstract class ResultChunk
{
    /// <summary>Rows, at least one in a chunk of a result.</summary>
    public abstract int Count { get; }

    /// <summary>Tells of each row whether its value is there: false for NULL.</summary>
    public abstract void CopyValidity(int column, Span<bool> valid);

    /// <summary>
    /// BOOLEAN (0 or 1), TINYINT to BIGINT, UTINYINT to UINTEGER, DATE (days since 1970-01-01), TIMESTAMP and
    /// TIMESTAMPTZ (microseconds since then, UTC), DECIMAL of up to 18 digits (unscaled). NULL gives 0.
    /// </summary>
    public abstract void CopyWholes(int column, Span<long> values);

    /// <summary>DOUBLE and FLOAT. NULL gives 0.</summary>
    public abstract void CopyDoubles(int column, Span<double> values);

    /// <summary>VARCHAR and JSON, in place. NULL gives nothing.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int column, int row);

    /// <summary>Where the items of each row's LIST begin among <see cref="Items"/>, and how many there are. NULL has
    /// none.</summary>
    public abstract void CopyLists(int column, Span<(int First, int Count)> lists);

    /// <summary>Items of a LIST of all rows, as a chunk of one column; it may have no rows.</summary>
    public abstract ResultChunk Items(int column);
}
