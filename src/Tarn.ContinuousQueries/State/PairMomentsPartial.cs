using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>Of pairs (y, x): count, means, sums of squared deviations and of their products, merged as
/// <see cref="MomentsPartial"/> does. NaN as the sums once a value was not finite.</summary>
internal sealed class PairMomentsPartial : Partial
{
    private readonly Cells<long, LongCell> _counts = new([CellType.Int64]);
    private readonly Cells<double, DoubleCell>[] _sums =
        [.. Enumerable.Range(0, 5).Select(_ => new Cells<double, DoubleCell>([CellType.Double]))];

    public override IReadOnlyList<ICells> Cells => [_counts, .. _sums];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var counts = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            if (counts.Long(row) > 0)
            {
                Add(slots[row], counts.Long(row), new Sums(Value(1), Value(2), Value(3), Value(4), Value(5)));
            }

            double Value(int part) =>
                batch.Columns[column + part] is var values && !values.IsNull(row) ? values.Double(row) : 0;
        }
    }

    public override void Join(int into, int from)
    {
        if (_counts.IsValid(from))
        {
            Add(into, _counts.Get(from), Get(from));
        }
    }

    private void Add(int slot, long count, Sums more)
    {
        if (!double.IsFinite(more.MeanY) || !double.IsFinite(more.MeanX))
        {
            more = more with { Y = double.NaN, X = double.NaN, Products = double.NaN };
        }

        if (!_counts.IsValid(slot))
        {
            Set(slot, count, more);
            return;
        }

        var (held, sums) = (_counts.Get(slot), Get(slot));
        var all = checked(held + count);
        var (deltaY, deltaX) = (more.MeanY - sums.MeanY, more.MeanX - sums.MeanX);
        var (share, weight) = ((double)count / all, (double)held * count / all);
        Set(slot, all, new Sums(
            sums.MeanY + (deltaY * share),
            sums.MeanX + (deltaX * share),
            sums.Y + more.Y + (deltaY * deltaY * weight),
            sums.X + more.X + (deltaX * deltaX * weight),
            sums.Products + more.Products + (deltaY * deltaX * weight)));
    }

    private Sums Get(int slot) => new(
        _sums[0].Get(slot), _sums[1].Get(slot), _sums[2].Get(slot), _sums[3].Get(slot), _sums[4].Get(slot));

    private void Set(int slot, long count, Sums sums)
    {
        _counts.Set(slot, count);
        _sums[0].Set(slot, sums.MeanY);
        _sums[1].Set(slot, sums.MeanX);
        _sums[2].Set(slot, sums.Y);
        _sums[3].Set(slot, sums.X);
        _sums[4].Set(slot, sums.Products);
    }

    private readonly record struct Sums(double MeanY, double MeanX, double Y, double X, double Products);
}
