using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Rows read from DuckDB, column by column.</summary>
internal sealed class ColumnBatch
{
    private readonly BatchColumn[] _columns;

    private ColumnBatch(IReadOnlyList<CellType> types) => _columns = [.. types.Select(type => new BatchColumn(type))];

    public int Count { get; private set; }

    public IReadOnlyList<BatchColumn> Columns => _columns;

    /// <summary>Runs a query that will be run again and takes all its rows.</summary>
    /// <param name="parameters">Values of the query's <c>$1</c> and so on.</param>
    /// <param name="types">Its columns' types.</param>
    public static async Task<ColumnBatch> ReadAsync(
        IDuckDbSession session, string sql, IReadOnlyList<long> parameters, IReadOnlyList<CellType> types,
        CancellationToken cancellation)
    {
        var batch = new ColumnBatch(types);
        using var result = await session.QueryPreparedAsync(sql, parameters, cancellation).ConfigureAwait(false);
        while (result.ReadChunk() is { } chunk)
        {
            for (var column = 0; column < batch._columns.Length; column++)
            {
                batch._columns[column].Append(chunk, column);
            }

            batch.Count += chunk.Count;
        }

        return batch;
    }

    public static ColumnBatch Load(SnapshotReader reader, IReadOnlyList<CellType> types, int count)
    {
        var batch = new ColumnBatch(types) { Count = count };
        foreach (var column in batch._columns)
        {
            column.Load(reader, count);
        }

        return batch;
    }

    public void Save(SnapshotWriter writer)
    {
        foreach (var column in _columns)
        {
            column.Save(writer, Count);
        }
    }

    /// <summary>No rows of these types.</summary>
    public static ColumnBatch Empty(IReadOnlyList<CellType> types) => new(types);

    public IReadOnlyList<object?> Row(int row) => Array.ConvertAll(_columns, column => column.Value(row));
}
