using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.State;

/// <summary>The values of each group, each once: what DISTINCT needs, and with counts what quantiles, mode and
/// histogram need. A batch brings them in lists, repeats and all; NULLs do not come.</summary>
internal sealed class ValuesPartial<T, TCell>(PartialSpec spec) : Partial
    where TCell : struct, IValueCell<T>
{
    private readonly GroupValues<T, TCell> _values =
        new(spec.Value, hasCounts: spec.Kind == PartialKind.Counts, spec.Readings);

    public override IReadOnlyList<ICells> Cells => [_values];

    public override long ValueCount => _values.Count;

    public override long ValueBytes => _values.Bytes;

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var lists = batch.Columns[column];
        Span<byte> eight = stackalloc byte[8];
        for (var row = 0; row < slots.Length; row++)
        {
            var (first, count) = lists.List(row);
            for (var i = first; i < first + count; i++)
            {
                _values.Add(slots[row], TCell.Bytes(lists.Items, i, eight), 1);
            }
        }
    }

    public override void Join(int into, int from) => _values.Join(into, from);
}
