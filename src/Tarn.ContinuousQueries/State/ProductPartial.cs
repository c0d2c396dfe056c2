using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>product, as a floating-point number; the last bits depend on how records fell into batches.</summary>
internal sealed class ProductPartial : Partial
{
    private readonly Cells<double, DoubleCell> _products = new([CellType.Double]);

    public override IReadOnlyList<ICells> Cells => [_products];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var products = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            if (!products.IsNull(row))
            {
                Multiply(slots[row], products.Double(row));
            }
        }
    }

    public override void Join(int into, int from)
    {
        if (_products.IsValid(from))
        {
            Multiply(into, _products.Get(from));
        }
    }

    private void Multiply(int slot, double factor) =>
        _products.Set(slot, _products.IsValid(slot) ? _products.Get(slot) * factor : factor);
}
