using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>count(*), count(x). Never NULL: 0 in a group that nothing was counted in.</summary>
internal sealed class CountPartial : Partial
{
    private readonly Cells<long, LongCell> _counts = new([CellType.Int64]);

    public override IReadOnlyList<ICells> Cells => [_counts];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var counts = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            _counts.Set(slots[row], checked(_counts.Get(slots[row]) + counts.Long(row)));
        }
    }

    public override void Join(int into, int from) => _counts.Set(into, checked(_counts.Get(into) + _counts.Get(from)));
}
