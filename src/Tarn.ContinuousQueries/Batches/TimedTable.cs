using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Records as rows, of which one column's times are noted as they pass, whatever the query reads.</summary>
/// <param name="inner">One row of a record, in order, without those that cannot be read.</param>
/// <param name="column">The TIMESTAMP or TIMESTAMPTZ column.</param>
/// <param name="isSkipped">Whether the record of that number became no row; known once it has been passed.</param>
/// <param name="times">By record: microseconds, or <see cref="NoTime"/> for NULL.</param>
internal sealed class TimedTable(INativeTable inner, int column, Func<int, bool> isSkipped, long[] times) : INativeTable
{
    public const long NoTime = long.MinValue;

    public IReadOnlyList<DuckDbColumn> Columns => inner.Columns;

    public INativeTableScan Open() => new Scan(inner.Open(), column, isSkipped, times);

    private sealed class Scan(INativeTableScan inner, int column, Func<int, bool> isSkipped, long[] times)
        : INativeTableScan
    {
        private TimedWriter? _timed;
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            _timed ??= new TimedWriter(column, writer.Capacity);
            _timed.Begin(writer);
            var count = inner.Fill(_timed);
            for (var row = 0; row < count; row++)
            {
                while (isSkipped(_next))
                {
                    _next++;
                }

                times[_next++] = _timed.Times[row];
            }

            return count;
        }

        public void Dispose() => inner.Dispose();
    }
}
