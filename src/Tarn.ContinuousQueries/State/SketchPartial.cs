using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>approx_count_distinct. A batch brings values in lists; NULLs do not come.</summary>
internal sealed class SketchPartial<T, TCell> : Partial
    where TCell : struct, IValueCell<T>
{
    private readonly GroupSketches _sketches = new();

    public override IReadOnlyList<ICells> Cells => [_sketches];

    public override long ValueBytes => _sketches.Bytes;

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var lists = batch.Columns[column];
        Span<byte> eight = stackalloc byte[8];
        for (var row = 0; row < slots.Length; row++)
        {
            var (first, count) = lists.List(row);
            for (var i = first; i < first + count; i++)
            {
                _sketches.Add(slots[row], StableHash.Of(TCell.Bytes(lists.Items, i, eight)));
            }
        }
    }

    public override void Join(int into, int from) => _sketches.Join(into, from);
}
