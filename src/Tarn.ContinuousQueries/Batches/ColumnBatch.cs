using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Rows read from DuckDB, column by column.</summary>
internal sealed class ColumnBatch
{
    private readonly BatchColumn[] _columns;

    private ColumnBatch(IReadOnlyList<CellType> types) => _columns = [.. types.Select(type => new BatchColumn(type))];

    public int Count { get; private set; }

    public IReadOnlyList<BatchColumn> Columns => _columns;

    /// <summary>Runs the query and takes all its rows; <paramref name="types"/> are its columns' types.</summary>
    public static async Task<ColumnBatch> ReadAsync(
        IDuckDbSession session, string sql, IReadOnlyList<CellType> types, CancellationToken cancellation)
    {
        var batch = new ColumnBatch(types);
        using var result = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
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

    public IReadOnlyList<object?> Row(int row) => Array.ConvertAll(_columns, column => column.Value(row));
}
