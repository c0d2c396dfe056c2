using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>first and last in the order of counting; the value picked may be NULL.</summary>
internal sealed class PickPartial<T, TCell>(CellType type, bool isLast) : Partial
    where TCell : struct, ICell<T>
{
    private readonly Cells<long, LongCell> _seen = new([CellType.Int64]);
    private readonly Cells<T, TCell> _values = new([type]);

    public override IReadOnlyList<ICells> Cells => [_seen, _values];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var (counts, values) = (batch.Columns[column], batch.Columns[column + 1]);
        for (var row = 0; row < slots.Length; row++)
        {
            if (counts.Long(row) == 0 || (!isLast && _seen.IsValid(slots[row])))
            {
                continue;
            }

            _seen.Set(slots[row], 1);
            if (values.IsNull(row))
            {
                _values.SetNull(slots[row]);
            }
            else
            {
                _values.Set(slots[row], TCell.Read(values, row));
            }
        }
    }

    public override void Join(int into, int from)
    {
        if (!_seen.IsValid(from) || (!isLast && _seen.IsValid(into)))
        {
            return;
        }

        _seen.Set(into, 1);
        if (_values.IsValid(from))
        {
            _values.Set(into, _values.Get(from));
        }
        else
        {
            _values.SetNull(into);
        }
    }
}
