using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Formats;

/// <summary>
/// Payloads as rows, parsed straight into DuckDB's vectors: one payload, one row, in order. One that cannot be read is
/// left out and reported once. The payloads must not change while the table is in use.
/// </summary>
/// <param name="skipped">Called on a DuckDB thread, one call at a time.</param>
internal sealed class PayloadTable(
    IReadOnlyList<DuckDbColumn> columns,
    IReadOnlyList<ReadOnlyMemory<byte>> payloads,
    Func<IPayloadReader> openReader,
    Action<SkippedRecord> skipped) : INativeTable
{
    private readonly HashSet<int> _reported = [];

    public IReadOnlyList<DuckDbColumn> Columns { get; } = columns;

    public INativeTableScan Open() => new Scan(this, payloads, openReader());

    private void Report(SkippedRecord record)
    {
        lock (_reported)
        {
            if (_reported.Add(record.Index))
            {
                skipped(record);
            }
        }
    }

    private sealed class Scan(
        PayloadTable table, IReadOnlyList<ReadOnlyMemory<byte>> payloads, IPayloadReader reader) : INativeTableScan
    {
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var row = 0;
            while (row < writer.Capacity && _next < payloads.Count)
            {
                var index = _next++;
                if (reader.TryRead(payloads[index].Span, writer, row) is not { } reason)
                {
                    row++;
                    continue;
                }

                for (var column = 0; column < table.Columns.Count; column++)
                {
                    writer.SetNull(column, row);
                }

                table.Report(new SkippedRecord(index, reason));
            }

            return row;
        }

        public void Dispose()
        {
        }
    }
}
