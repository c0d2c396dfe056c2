using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.State;

/// <summary>Groups of a frozen leaf, offered to DuckDB as the table that a plan's final SQL reads.</summary>
internal sealed class StateTable(FrozenLeaf state, int[] slots) : INativeTable
{
    public IReadOnlyList<DuckDbColumn> Columns => state.Plan.StateColumns;

    public INativeTableScan Open() => new Scan(state, slots);

    private sealed class Scan(FrozenLeaf state, int[] slots) : INativeTableScan
    {
        private readonly KeyCodec _codec = new(state.Plan.KeyTypes);
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var count = Math.Min(writer.Capacity, slots.Length - _next);
            var run = slots.AsSpan(_next, count);
            for (var row = 0; row < count; row++)
            {
                _codec.Write(writer, row, state.Keys[run[row]]);
            }

            var column = state.Plan.KeyTypes.Count;
            foreach (var cells in state.Cells)
            {
                cells.Write(writer, column, run);
                column += cells.Types.Count;
            }

            _next += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}
