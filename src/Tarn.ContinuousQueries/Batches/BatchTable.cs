using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Rows that were read, offered to another DuckDB session. Immutable.</summary>
/// <param name="parts">One after the other.</param>
internal sealed class BatchTable(IReadOnlyList<DuckDbColumn> columns, IReadOnlyList<ColumnBatch> parts) : INativeTable
{
    public BatchTable(IReadOnlyList<DuckDbColumn> columns, ColumnBatch batch)
        : this(columns, [batch])
    {
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; } = columns;

    public INativeTableScan Open() => new Scan(parts);

    private sealed class Scan(IReadOnlyList<ColumnBatch> parts) : INativeTableScan
    {
        private int _part;
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            while (_part < parts.Count && _next == parts[_part].Count)
            {
                _part++;
                _next = 0;
            }

            if (_part == parts.Count)
            {
                return 0;
            }

            var batch = parts[_part];
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
