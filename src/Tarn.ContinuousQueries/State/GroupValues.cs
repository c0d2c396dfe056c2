using System.Buffers.Binary;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// The values of each group, each once, with how often it came if that is wanted. All groups share one table, whose
/// keys are group (four bytes, its slot) and value, so that a value of a small group costs no more than one of a large
/// one: some 60 bytes and its text.
/// </summary>
internal sealed class GroupValues<T, TCell>(CellType type, bool hasCounts, IReadOnlyList<Reading> readings) : ICells
    where TCell : struct, IValueCell<T>
{
    public const int GroupBytes = sizeof(int);

    /// <summary>Of a value: its place, the next one's, its count, and its share of the hash table.</summary>
    private const int FixedBytes = 9 + 9 + 9 + 24;

    private readonly KeyTable _values = new();
    private readonly GroupRings _rings = new();
    private readonly Cells<long, LongCell> _counts = new([]);
    private byte[] _buffer = new byte[64];

    /// <summary>Values of all groups.</summary>
    public long Count => _values.Count;

    public long Bytes => _values.Bytes + ((long)_values.SlotCount * FixedBytes);

    public void Grow(int count) => _rings.Grow(count);

    public void Add(int group, ReadOnlySpan<byte> value, long count)
    {
        if (_buffer.Length < GroupBytes + value.Length)
        {
            _buffer = new byte[Math.Max(GroupBytes + value.Length, _buffer.Length * 2)];
        }

        BinaryPrimitives.WriteInt32LittleEndian(_buffer, group);
        value.CopyTo(_buffer.AsSpan(GroupBytes));
        var before = _values.Count;
        var entry = _values.GetOrAdd(_buffer.AsSpan(0, GroupBytes + value.Length));
        if (_values.Count > before)
        {
            _rings.Add(group, entry);
            _counts.Grow(hasCounts ? entry + 1 : 0);
        }

        if (hasCounts)
        {
            _counts.Set(entry, _values.Count > before ? count : checked(_counts.Get(entry) + count));
        }
    }

    /// <summary>Adds the values of one group to another.</summary>
    public void Join(int into, int from)
    {
        foreach (var entry in _rings.EntriesOf(from))
        {
            Add(into, _values[entry][GroupBytes..], hasCounts ? _counts.Get(entry) : 1);
        }
    }

    public void Clear(int slot)
    {
        foreach (var entry in _rings.EntriesOf(slot))
        {
            _values.Remove(entry);
        }

        _rings.Clear(slot);
    }

    public IFrozenCells Freeze() => new FrozenGroupValues<T, TCell>(
        _values.Freeze(), _rings.Freeze(), hasCounts ? (FrozenCells<long, LongCell>)_counts.Freeze() : null, type,
        readings);

    public void Load(SnapshotReader reader, int count)
    {
        Grow(count);
        for (var slot = 0; slot < count; slot++)
        {
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var value = reader.ReadBytes();
                Add(slot, value, hasCounts ? reader.ReadInt64() : 1);
            }
        }
    }
}
