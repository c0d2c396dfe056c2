using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.State;

/// <summary>Groups of a frozen state, offered to DuckDB as the table that a plan's final SQL reads.</summary>
/// <param name="slots">The groups, or null for all.</param>
internal sealed class StateTable(FrozenState state, int[]? slots) : INativeTable
{
    public IReadOnlyList<DuckDbColumn> Columns => state.Plan.StateColumns;

    public INativeTableScan Open() => new Scan(state, slots);

    private sealed class Scan(FrozenState state, int[]? slots) : INativeTableScan
    {
        private readonly KeyCodec _codec = new(state.Plan.KeyTypes);
        private readonly int _total = slots?.Length ?? state.Count;
        private int[] _run = [];
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var count = Math.Min(writer.Capacity, _total - _next);
            var run = NextRun(count);
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

        private ReadOnlySpan<int> NextRun(int count)
        {
            if (slots is not null)
            {
                return slots.AsSpan(_next, count);
            }

            if (_run.Length < count)
            {
                _run = new int[count];
            }

            for (var i = 0; i < count; i++)
            {
                _run[i] = _next + i;
            }

            return _run.AsSpan(0, count);
        }
    }
}
