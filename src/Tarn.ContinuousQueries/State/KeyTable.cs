using System.Buffers.Binary;
using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// Group keys as byte strings, each with the slot it got when it was first seen; the slot of a removed key is used
/// again. Open addressing over full hashes; the bytes lie in blocks of an arena that is packed when most of it is of
/// removed keys. Frozen keys share blocks that are never written again, and places that are copied on write.
/// </summary>
internal sealed class KeyTable
{
    private const int BlockBytes = 1 << 16;
    private const int LengthBytes = 4;

    private readonly Cells<long, LongCell> _places = new([CellType.Int64]);
    private readonly Stack<int> _free = [];
    private int[] _slots = new int[64];
    private int[] _hashes = new int[64];
    private byte[][] _blocks = [];
    private int _blockCount;
    private int _blockUsed = BlockBytes;
    private long _liveBytes;
    private long _storedBytes;

    /// <summary>Keys held.</summary>
    public int Count => SlotCount - _free.Count;

    /// <summary>Slots below which all keys lie; some may be free.</summary>
    public int SlotCount { get; private set; }

    /// <summary>Bytes of keys held.</summary>
    public long Bytes => _storedBytes;

    public ReadOnlySpan<byte> this[int slot] => Read(_blocks, _places.Get(slot));

    public bool IsUsed(int slot) => slot < SlotCount && _places.IsValid(slot);

    /// <summary>The key's slot; a new one when the key is new.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> key)
    {
        var hash = Hash(key);
        var mask = _slots.Length - 1;
        for (var at = hash & mask; ; at = (at + 1) & mask)
        {
            var slot = _slots[at] - 1;
            if (slot < 0)
            {
                return Add(key, hash, at);
            }

            if (_hashes[at] == hash && this[slot].SequenceEqual(key))
            {
                return slot;
            }
        }
    }

    /// <summary>Frees the slot; its key is unknown from now on.</summary>
    public void Remove(int slot)
    {
        var key = this[slot];
        var mask = _slots.Length - 1;
        var hole = Hash(key) & mask;
        while (_slots[hole] - 1 != slot)
        {
            hole = (hole + 1) & mask;
        }

        // Moves back what lies behind the hole and could not be found over it.
        for (var at = (hole + 1) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            if (((at - _hashes[at]) & mask) >= ((at - hole) & mask))
            {
                (_slots[hole], _hashes[hole]) = (_slots[at], _hashes[at]);
                hole = at;
            }
        }

        _slots[hole] = 0;
        _liveBytes -= key.Length + LengthBytes;
        _places.SetNull(slot);
        _free.Push(slot);
        if (_storedBytes > 4 * BlockBytes && _storedBytes > 2 * _liveBytes)
        {
            Pack();
        }
    }

    /// <summary>The keys as they are now.</summary>
    public FrozenKeys Freeze() => new(_blocks, (FrozenCells<long, LongCell>)_places.Freeze(), SlotCount, Count);

    internal static ReadOnlySpan<byte> Read(byte[][] blocks, long place)
    {
        var block = blocks[(int)(place >> 32)];
        var offset = (int)place;
        return block.AsSpan(offset + LengthBytes, BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(offset)));
    }

    private static int Hash(ReadOnlySpan<byte> key)
    {
        var hash = default(HashCode);
        hash.AddBytes(key);
        return hash.ToHashCode();
    }

    private int Add(ReadOnlySpan<byte> key, int hash, int at)
    {
        var slot = _free.Count > 0 ? _free.Pop() : SlotCount++;
        (_slots[at], _hashes[at]) = (slot + 1, hash);
        _places.Grow(SlotCount);
        _places.Set(slot, Store(key));
        _liveBytes += key.Length + LengthBytes;
        if (SlotCount * 2 > _slots.Length)
        {
            Rehash();
        }

        return slot;
    }

    private long Store(ReadOnlySpan<byte> key)
    {
        var needed = key.Length + LengthBytes;
        if (_blockCount == 0 || _blockUsed + needed > _blocks[_blockCount - 1].Length)
        {
            if (_blockCount == _blocks.Length)
            {
                Array.Resize(ref _blocks, Math.Max(4, _blocks.Length * 2));
            }

            _blocks[_blockCount++] = new byte[Math.Max(BlockBytes, needed)];
            _blockUsed = 0;
        }

        var block = _blocks[_blockCount - 1];
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(_blockUsed), key.Length);
        key.CopyTo(block.AsSpan(_blockUsed + LengthBytes));
        var place = ((long)(_blockCount - 1) << 32) | (uint)_blockUsed;
        _blockUsed += needed;
        _storedBytes += needed;
        return place;
    }

    /// <summary>Writes the keys that are left to new blocks; frozen keys keep the old ones.</summary>
    private void Pack()
    {
        var old = _blocks;
        (_blocks, _blockCount, _blockUsed, _storedBytes) = ([], 0, BlockBytes, 0);
        for (var slot = 0; slot < SlotCount; slot++)
        {
            if (_places.IsValid(slot))
            {
                _places.Set(slot, Store(Read(old, _places.Get(slot))));
            }
        }
    }

    private void Rehash()
    {
        var (oldSlots, oldHashes) = (_slots, _hashes);
        _slots = new int[checked(oldSlots.Length * 2)];
        _hashes = new int[_slots.Length];
        var mask = _slots.Length - 1;
        for (var i = 0; i < oldSlots.Length; i++)
        {
            if (oldSlots[i] == 0)
            {
                continue;
            }

            var at = oldHashes[i] & mask;
            while (_slots[at] != 0)
            {
                at = (at + 1) & mask;
            }

            _slots[at] = oldSlots[i];
            _hashes[at] = oldHashes[i];
        }
    }
}
