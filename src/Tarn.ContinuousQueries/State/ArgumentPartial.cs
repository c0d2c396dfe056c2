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
            if (!orders.IsNull(row))
            {
                var order = TOrderCell.Read(orders, row);
                if (IsBetter(slots[row], order))
                {
                    _orders.Set(slots[row], order);
                    _values.Set(slots[row], TCell.Read(values, row));
                }
            }
        }
    }

    public override void Join(int into, int from)
    {
        if (_orders.IsValid(from) && IsBetter(into, _orders.Get(from)))
        {
            _orders.Set(into, _orders.Get(from));
            _values.Set(into, _values.Get(from));
        }
    }

    private bool IsBetter(int slot, TOrder order) =>
        !_orders.IsValid(slot) || (TOrderCell.Compare(order, _orders.Get(slot)) is var compared
            && (isMax ? compared > 0 : compared < 0));
}
