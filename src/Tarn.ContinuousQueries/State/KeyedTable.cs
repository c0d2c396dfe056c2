using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.State;

/// <summary>Keys alone, in the columns of a leaf's state; the other columns are NULL.</summary>
internal sealed class KeyedTable(LeafPlan plan, IReadOnlyList<byte[]> keys) : INativeTable
{
    public IReadOnlyList<DuckDbColumn> Columns => plan.StateColumns;

    public INativeTableScan Open() => new Scan(new KeyCodec(plan.KeyTypes), keys);

    private sealed class Scan(KeyCodec codec, IReadOnlyList<byte[]> keys) : INativeTableScan
    {
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var count = Math.Min(writer.Capacity, keys.Count - _next);
            for (var row = 0; row < count; row++)
            {
                codec.Write(writer, row, keys[_next + row]);
            }

            _next += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}
