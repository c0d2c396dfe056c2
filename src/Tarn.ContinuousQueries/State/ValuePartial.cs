using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>A value of a row that is kept as it came.</summary>
internal sealed class ValuePartial<T, TCell>(CellType type) : Partial
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
                _values.Set(slots[row], TCell.Read(values, row));
            }
        }
    }

    public override void Join(int into, int from) =>
        throw new InvalidOperationException("rows that are kept are not joined");
}
