using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// Count, mean and sum of squared deviations of numbers, merged by the formula of Chan, Golub and LeVeque: no sum of
/// squares that cancels. NaN as the sum once a value was not finite.
/// </summary>
internal sealed class MomentsPartial : Partial
{
    private readonly Cells<long, LongCell> _counts = new([CellType.Int64]);
    private readonly Cells<double, DoubleCell> _means = new([CellType.Double]);
    private readonly Cells<double, DoubleCell> _squares = new([CellType.Double]);

    public override IReadOnlyList<ICells> Cells => [_counts, _means, _squares];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var (counts, means, squares) = (batch.Columns[column], batch.Columns[column + 1], batch.Columns[column + 2]);
        for (var row = 0; row < slots.Length; row++)
        {
            if (counts.Long(row) > 0)
            {
                Add(slots[row], counts.Long(row), means.Double(row), squares.IsNull(row) ? 0 : squares.Double(row));
            }
        }
    }

    public override void Join(int into, int from)
    {
        if (_counts.IsValid(from))
        {
            Add(into, _counts.Get(from), _means.Get(from), _squares.Get(from));
        }
    }

    private void Add(int slot, long count, double mean, double squares)
    {
        squares = double.IsFinite(mean) ? squares : double.NaN;
        if (!_counts.IsValid(slot))
        {
            Set(slot, count, mean, squares);
            return;
        }

        var (held, heldMean) = (_counts.Get(slot), _means.Get(slot));
        var (all, delta) = (checked(held + count), mean - heldMean);
        Set(slot, all, heldMean + (delta * ((double)count / all)),
            _squares.Get(slot) + squares + (delta * delta * ((double)held * count / all)));
    }

    private void Set(int slot, long count, double mean, double squares)
    {
        _counts.Set(slot, count);
        _means.Set(slot, mean);
        _squares.Set(slot, squares);
    }
}
