using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>sum of whole numbers (and unscaled decimals) in 128 bits; overflow throws.</summary>
internal sealed class SumIntegerPartial(int batchColumns) : Partial
{
    private const int HighBits = 32;
    private readonly Cells<Int128, WideCell> _sums = new([CellType.Int64, CellType.Int64]);

    public override IReadOnlyList<ICells> Cells => [_sums];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var first = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            if (first.IsNull(row))
            {
                continue;
            }

            var sum = batchColumns == 1
                ? first.Long(row)
                : ((Int128)first.Long(row) << HighBits) + batch.Columns[column + 1].Long(row);
            _sums.Set(slots[row], checked(_sums.Get(slots[row]) + sum));
        }
    }

    public override void Join(int into, int from)
    {
        if (_sums.IsValid(from))
        {
            _sums.Set(into, checked(_sums.Get(into) + _sums.Get(from)));
        }
    }
}
