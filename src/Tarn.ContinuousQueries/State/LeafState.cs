using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// All groups or kept rows of a leaf: keys, partials, and the version in which each last changed. A group whose
/// version is NULL is hidden: its window is open, and the view shows windows that have closed. Not thread-safe: the
/// view's loop merges, and freezes for everybody else, under one lock.
/// </summary>
internal sealed partial class LeafState
{
    private readonly LeafPlan _plan;
    private readonly long? _ttl;
    private readonly KeyTable _keys = new();
    private readonly KeyCodec _codec;
    private readonly Partial[] _partials;
    private readonly Cells<long, LongCell> _changed = new([CellType.Int64]);
    private readonly Cells<long, LongCell> _touched = new([CellType.Int64]);
    private readonly RemovedKeys _removed = new();
    private readonly SessionIndex? _sessions;
    private int[] _slots = [];
    private long _nextRow;

    /// <param name="ttl">Microseconds after which a group is removed, or null.</param>
    /// <param name="listValuesMax">Values that a list of one group may have.</param>
    public LeafState(LeafPlan plan, long? ttl, int listValuesMax)
    {
        _plan = plan;
        _ttl = ttl;
        _codec = new KeyCodec(plan.KeyTypes);
        _partials = [.. plan.Partials.Select(partial => Partial.Create(partial, listValuesMax))];
        _sessions = plan.Window is { Kind: WindowKind.Session } ? new SessionIndex(plan, _codec) : null;
        if (plan.KeyTypes.Count == 0)
        {
            _keys.GetOrAdd([]);
            Grow();
            _changed.Set(0, 0);
            SetCountsToZero();
        }
    }

    /// <summary>Groups or rows held, hidden ones too.</summary>
    public int Count => _keys.Count;

    /// <summary>Values that groups hold one by one, such as for count(DISTINCT).</summary>
    public long ValueCount => _partials.Sum(partial => partial.ValueCount);

    /// <summary>Bytes of keys, of the fixed part of values and of values held one by one.</summary>
    public long Bytes => _keys.Bytes + ((long)_keys.SlotCount * 9 * (2 + AllCells().Count()))
        + _partials.Sum(partial => partial.ValueBytes);

    /// <summary>Merges a batch's rows; they are marked as changed in <paramref name="version"/>.</summary>
    /// <param name="now">Microseconds by which the time to live runs.</param>
    public void Merge(ColumnBatch batch, long version, long now)
    {
        if (_slots.Length < batch.Count)
        {
            _slots = new int[Math.Max(batch.Count, _slots.Length * 2)];
        }

        var slots = _slots.AsSpan(0, batch.Count);
        for (var row = 0; row < slots.Length; row++)
        {
            slots[row] = Place(batch, row, version);
        }

        Grow();
        if (_sessions is not null)
        {
            FindSessions(batch, slots);
        }

        var column = _plan.KeyTypes.Count - (_plan.KeepsRows ? 1 : 0);
        for (var i = 0; i < _partials.Length; i++)
        {
            _partials[i].Merge(batch, column, slots);
            column += _plan.Partials[i].BatchTypes.Count;
        }

        foreach (var slot in slots)
        {
            Mark(slot, version, now);
        }
    }

    /// <summary>Removes rows that are kept, by their keys, without a word to readers: none of them is shown.</summary>
    public void RemoveRows(ColumnBatch keys)
    {
        for (var row = 0; row < keys.Count; row++)
        {
            Remove(_keys.GetOrAdd(_codec.Encode(keys, row, number: null)), version: 0);
        }

        ForgetRemoved();
    }

    public FrozenLeaf Freeze(long version) => new(
        _plan, _keys.Freeze(), [.. AllCells().Select(cells => cells.Freeze())],
        (FrozenCells<long, LongCell>)_changed.Freeze(), (FrozenCells<long, LongCell>)_touched.Freeze(),
        _removed.Freeze(), _ttl is not null && _plan.Window is null, version, _nextRow, _closedUpTo);

    /// <summary>Fills an empty state; groups that are shown count as changed in <paramref name="version"/>.</summary>
    /// <param name="now">Microseconds; groups of a file that keeps no times count as changed then.</param>
    public void Load(SnapshotReader reader, SnapshotLeaf header, long version, long now)
    {
        for (var slot = 0; slot < header.Groups; slot++)
        {
            if (_keys.GetOrAdd(reader.ReadBytes()) != slot)
            {
                throw new InvalidDataException($"key {slot} stands twice");
            }
        }

        Grow();
        foreach (var cells in AllCells())
        {
            cells.Load(reader, header.Groups);
        }

        _touched.Load(reader, header.HasTimes ? header.Groups : 0);
        _nextRow = header.NextRow;
        _closedUpTo = header.ClosedUpTo;
        for (var slot = 0; slot < header.Groups; slot++)
        {
            Index(slot);
            Mark(slot, version, _touched.IsValid(slot) ? _touched.Get(slot) : now);
        }

        _removed.Forget(version);
    }

    private IEnumerable<ICells> AllCells() => _partials.SelectMany(partial => partial.Cells);

    /// <summary>The slot of a row's group, which is made when it is new.</summary>
    private int Place(ColumnBatch batch, int row, long version)
    {
        var before = _keys.Count;
        var key = _codec.Encode(batch, row, _plan.KeepsRows ? _nextRow : null);
        if (_plan.KeepsRows)
        {
            _nextRow++;
        }

        if (_sessions is not null)
        {
            return PlaceSession(key, version);
        }

        var slot = _keys.GetOrAdd(key);
        if (_keys.Count > before)
        {
            Index(slot);
        }

        return slot;
    }

    private void Mark(int slot, long version, long now)
    {
        if (!_keys.IsUsed(slot))
        {
            return;
        }

        if (!_plan.EmitsOnClose || _codec.LongAt(_keys[slot], _plan.EndKey) <= _closedUpTo)
        {
            _changed.Set(slot, version);
        }

        if (_ttl is not null && _plan.Window is null)
        {
            _touched.Set(slot, now);
        }
    }

    private void Remove(int slot, long version)
    {
        if (_changed.IsValid(slot) && _plan.KeySql is not null)
        {
            _removed.Add(version, _keys[slot]);
        }

        foreach (var partial in _partials)
        {
            partial.Clear(slot);
        }

        _changed.Clear(slot);
        _touched.Clear(slot);
        _keys.Remove(slot);
    }

    private void Grow()
    {
        foreach (var cells in AllCells())
        {
            cells.Grow(_keys.SlotCount);
        }

        _changed.Grow(_keys.SlotCount);
        _touched.Grow(_keys.SlotCount);
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
