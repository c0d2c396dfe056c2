using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>sum of floating-point numbers; the last bits depend on how records fell into batches, as in any
/// engine.</summary>
internal sealed class SumDoublePartial : Partial
{
    private readonly Cells<double, DoubleCell> _sums = new([CellType.Double]);

    public override IReadOnlyList<ICells> Cells => [_sums];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var sums = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            if (!sums.IsNull(row))
            {
                _sums.Set(slots[row], _sums.Get(slots[row]) + sums.Double(row));
            }
        }
    }

    public override void Join(int into, int from)
    {
        if (_sums.IsValid(from))
        {
            _sums.Set(into, _sums.Get(into) + _sums.Get(from));
        }
    }
}
