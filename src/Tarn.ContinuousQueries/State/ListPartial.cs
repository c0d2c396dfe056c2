using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.State;

/// <summary>list, array_agg and string_agg: every value, up to a number in a group. Beyond that it throws, and the view
/// stops: leaving values out would give rows that are wrong.</summary>
internal sealed class ListPartial<T, TCell>(PartialSpec spec, int valuesMax) : Partial
    where TCell : struct, IValueCell<T>
{
    private readonly GroupLists<T, TCell> _lists = new(spec.Value, spec.Readings);

    public override IReadOnlyList<ICells> Cells => [_lists];

    public override long ValueCount => _lists.Count;

    public override long ValueBytes => _lists.Bytes;

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var lists = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            var (first, count) = lists.List(row);
            CheckSize(_lists.SizeOf(slots[row]) + count);
            for (var i = first; i < first + count; i++)
            {
                _lists.Add(slots[row], lists.Items, i);
            }
        }
    }

    public override void Join(int into, int from)
    {
        CheckSize(_lists.SizeOf(into) + _lists.SizeOf(from));
        _lists.Join(into, from);
    }

    private void CheckSize(long size)
    {
        if (size > valuesMax)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                $"a group of the view holds {size} values of {spec.BatchColumns[0]}, and {valuesMax} are allowed",
                hint: "give the view windows or a ttl, or a higher list_values_max");
        }
    }
}
