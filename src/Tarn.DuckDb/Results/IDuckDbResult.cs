namespace Tarn.DuckDb.Results;

/// <summary>Rows of a query, forward only. Not thread-safe.</summary>
public interface IDuckDbResult : IDisposable
{
    IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>Steps to the next row; false at the end.</summary>
    bool Read();

    /// <summary>
    /// A value of the current row: null, bool, sbyte..long, byte..ulong, BigInteger (HUGEINT), float, double,
    /// decimal, string,
    /// byte[], DateOnly, TimeOnly, DateTime (TIMESTAMP, UTC kind for TIMESTAMPTZ), TimeSpan (INTERVAL), Guid,
    /// IReadOnlyList&lt;object?&gt; (LIST), IReadOnlyDictionary&lt;string, object?&gt; (STRUCT), IReadOnlyList of
    /// key-value pairs (MAP).
    /// </summary>
    object? GetValue(int column);
}
