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
            if (!values.IsNull(row))
            {
                Offer(slots[row], TCell.Read(values, row));
            }
        }
    }

    public override void Join(int into, int from)
    {
        if (_values.IsValid(from))
        {
            Offer(into, _values.Get(from));
        }
    }

    private void Offer(int slot, T value)
    {
        if (!_values.IsValid(slot) || (TCell.Compare(value, _values.Get(slot)) is var order
            && (isMax ? order > 0 : order < 0)))
        {
            _values.Set(slot, value);
        }
    }
}
