using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>min and max. NULLs do not count; a group of NULLs gives NULL.</summary>
internal sealed class ExtremePartial<T, TCell>(CellType type, bool isMax) : Partial
    where TCell : struct, ICell<T>
{
    private readonly Cells<T, TCell> _values = new([type]);

    public override IReadOnlyList<ICells> Cells => [_values];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var values = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            if (values.IsNull(row))
            {
                continue;
            }

            var value = TCell.Read(values, row);
            if (!_values.IsValid(slots[row]) || (TCell.Compare(value, _values.Get(slots[row])) is var order
                && (isMax ? order > 0 : order < 0)))
            {
                _values.Set(slots[row], value);
            }
        }
    }
}
