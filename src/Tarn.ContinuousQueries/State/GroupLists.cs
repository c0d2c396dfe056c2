using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>The values of each group in the order in which they came, NULLs too.</summary>
internal sealed class GroupLists<T, TCell>(CellType type, IReadOnlyList<Reading> readings) : ICells
    where TCell : struct, IValueCell<T>
{
    private const int FixedBytes = 9 + 9;

    private readonly GroupRings _rings = new();
    private readonly Cells<T, TCell> _values = new([type]);
    private readonly Stack<int> _free = [];
    private int _entries;

    /// <summary>Values of all groups.</summary>
    public long Count => _entries - _free.Count;

    public long Bytes => (long)_entries * FixedBytes;

    public long SizeOf(int group) => _rings.SizeOf(group);

    public void Grow(int count) => _rings.Grow(count);

    /// <summary>Adds the value of a batch's row, which may be NULL.</summary>
    public void Add(int group, BatchColumn column, int row)
    {
        var entry = NewEntry(group);
        if (!column.IsNull(row))
        {
            _values.Set(entry, TCell.Read(column, row));
        }
    }

    /// <summary>Adds the values of one group to another, behind those it has.</summary>
    public void Join(int into, int from)
    {
        foreach (var old in _rings.EntriesOf(from))
        {
            var entry = NewEntry(into);
            if (_values.IsValid(old))
            {
                _values.Set(entry, _values.Get(old));
            }
        }
    }

    public void Clear(int slot)
    {
        foreach (var entry in _rings.EntriesOf(slot))
        {
            _values.Clear(entry);
            _free.Push(entry);
        }

        _rings.Clear(slot);
    }

    public IFrozenCells Freeze() => new FrozenGroupLists<T, TCell>(
        _rings.Freeze(), (FrozenCells<T, TCell>)_values.Freeze(), type, readings);

    public void Load(SnapshotReader reader, int count)
    {
        Grow(count);
        for (var slot = 0; slot < count; slot++)
        {
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var entry = NewEntry(slot);
                if (reader.ReadBoolean())
                {
                    _values.Set(entry, TCell.Load(reader));
                }
            }
        }
    }

    private int NewEntry(int group)
    {
        var entry = _free.Count > 0 ? _free.Pop() : _entries++;
        _values.Grow(_entries);
        _rings.Add(group, entry);
        return entry;
    }
}
