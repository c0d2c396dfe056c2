namespace Tarn.DuckDb.Results;

/// <summary>Rows of a query, forward only. Not thread-safe.</summary>
public interface IDuckDbResult : IDisposable
{
    IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>
    /// Steps to the next row; false at the end. May run the query further and so throw its failures, or
    /// OperationCanceledException once the token given to QueryAsync is cancelled.
    /// </summary>
    bool Read();

    /// <summary>
    /// Steps over all rows that lie together in memory, up to 2,048, and gives them as columns; null at the end. What
    /// <see cref="Read"/> has not reached of the current ones is left out. Fails as <see cref="Read"/> does.
    /// </summary>
    ResultChunk? ReadChunk();

    /// <summary>
    /// A value of the current row: null, bool, sbyte..long, byte..ulong, BigInteger (HUGEINT), float, double, decimal,
    /// string (also ENUM, BIT, JSON, TIME WITH TIME ZONE), byte[], DateOnly, TimeOnly, DateTime (TIMESTAMP, UTC kind
    /// for TIMESTAMPTZ; nanoseconds are cut to 100), TimeSpan (INTERVAL) or <see cref="DuckDbInterval"/> (one with
    /// months), Guid, IReadOnlyList&lt;object?&gt; (LIST, ARRAY), IReadOnlyDictionary&lt;string, object?&gt; (STRUCT,
    /// members in order), IReadOnlyList&lt;KeyValuePair&lt;object, object?&gt;&gt; (MAP), the set member's value
    /// (UNION). Throws Unsupported, naming the column, for a value that its .NET type cannot hold (infinite dates, 29
    /// digits and more).
    /// </summary>
    object? GetValue(int column);
}
