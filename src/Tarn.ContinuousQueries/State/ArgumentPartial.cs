using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.State;

/// <summary>arg_min and arg_max: the value beside the least or greatest order; the first counted of equal
/// ones.</summary>
internal sealed class ArgumentPartial<TOrder, TOrderCell, T, TCell>(PartialSpec spec, bool isMax) : Partial
    where TOrderCell : struct, ICell<TOrder>
    where TCell : struct, ICell<T>
{
    private readonly Cells<TOrder, TOrderCell> _orders = new([spec.Order!]);
    private readonly Cells<T, TCell> _values = new([spec.Value]);

    public override IReadOnlyList<ICells> Cells => [_orders, _values];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var (orders, values) = (batch.Columns[column], batch.Columns[column + 1]);
        for (var row = 0; row < slots.Length; row++)
        {
            if (orders.IsNull(row))
            {
                continue;
            }

            var value = TOrderCell.Read(orders, row);
            if (!_orders.IsValid(slots[row]) || (TOrderCell.Compare(value, _orders.Get(slots[row])) is var order
                && (isMax ? order > 0 : order < 0)))
            {
                _orders.Set(slots[row], value);
                _values.Set(slots[row], TCell.Read(values, row));
            }
        }
    }
}
