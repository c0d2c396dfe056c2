using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// All groups of a view: keys, partials, and the version in which each group last changed. Not thread-safe: the
/// view's loop merges, and freezes for everybody else, under one lock.
/// </summary>
internal sealed class ViewState
{
    private readonly ViewPlan _plan;
    private readonly KeyTable _keys = new();
    private readonly KeyCodec _codec;
    private readonly Partial[] _partials;
    private readonly Cells<long, LongCell> _changed = new([CellType.Int64]);
    private int[] _slots = [];

    public ViewState(ViewPlan plan)
    {
        _plan = plan;
        _codec = new KeyCodec(plan.KeyTypes);
        _partials = [.. plan.Partials.Select(Partial.Create)];
        if (plan.KeyTypes.Count == 0)
        {
            _keys.GetOrAdd([]);
            Grow();
            _changed.Set(0, 0);
            SetCountsToZero();
        }
    }

    public int Count => _keys.Count;

    /// <summary>Merges a batch's groups; they are marked as changed in <paramref name="version"/>.</summary>
    public void Merge(ColumnBatch batch, long version)
    {
        if (_slots.Length < batch.Count)
        {
            _slots = new int[Math.Max(batch.Count, _slots.Length * 2)];
        }

        var slots = _slots.AsSpan(0, batch.Count);
        for (var row = 0; row < slots.Length; row++)
        {
            slots[row] = _keys.GetOrAdd(_codec.Encode(batch, row));
        }

        Grow();
        var column = _plan.KeyTypes.Count;
        for (var i = 0; i < _partials.Length; i++)
        {
            _partials[i].Merge(batch, column, slots);
            column += _plan.Partials[i].BatchTypes.Count;
        }

        foreach (var slot in slots)
        {
            _changed.Set(slot, version);
        }
    }

    public FrozenState Freeze(long version) => new(
        _plan, _keys.Freeze(), [.. AllCells().Select(cells => cells.Freeze())],
        (FrozenCells<long, LongCell>)_changed.Freeze(), version);

    /// <summary>Fills an empty state; groups count as changed in <paramref name="version"/>.</summary>
    public void Load(SnapshotReader reader, int count, long version)
    {
        for (var slot = 0; slot < count; slot++)
        {
            if (_keys.GetOrAdd(reader.ReadBytes()) != slot)
            {
                throw new InvalidDataException($"key {slot} stands twice");
            }
        }

        Grow();
        foreach (var cells in AllCells())
        {
            cells.Load(reader, count);
        }

        for (var slot = 0; slot < count; slot++)
        {
            _changed.Set(slot, version);
        }
    }

    private IEnumerable<ICells> AllCells() => _partials.SelectMany(partial => partial.Cells);

    private void Grow()
    {
        foreach (var cells in AllCells())
        {
            cells.Grow(_keys.Count);
        }

        _changed.Grow(_keys.Count);
    }

    /// <summary>The one group of a view without GROUP BY is there before the first record: its counts are 0, not
    /// NULL.</summary>
    private void SetCountsToZero()
    {
        foreach (var counts in _partials.OfType<CountPartial>())
        {
            ((Cells<long, LongCell>)counts.Cells[0]).Set(0, 0);
        }
    }
}
