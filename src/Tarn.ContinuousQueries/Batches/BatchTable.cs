using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Rows that were read, offered to another DuckDB instance. Immutable.</summary>
internal sealed class BatchTable(IReadOnlyList<DuckDbColumn> columns, ColumnBatch batch) : INativeTable
{
    public IReadOnlyList<DuckDbColumn> Columns { get; } = columns;

    public INativeTableScan Open() => new Scan(batch);

    private sealed class Scan(ColumnBatch batch) : INativeTableScan
    {
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var count = Math.Min(writer.Capacity, batch.Count - _next);
            for (var column = 0; column < batch.Columns.Count; column++)
            {
                for (var row = 0; row < count; row++)
                {
                    batch.Columns[column].Write(writer, column, _next + row, row);
                }
            }

            _next += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}
