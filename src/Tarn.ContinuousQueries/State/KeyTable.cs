using System.Buffers.Binary;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// Group keys as byte strings, each with the slot it got when it was first seen. Keys are never removed, so what a
/// frozen view of the table reads stays as it was. Open addressing over full hashes; the bytes lie in blocks of an
/// arena.
/// </summary>
internal sealed class KeyTable
{
    private const int BlockBytes = 1 << 16;
    private const int LengthBytes = 4;

    private int[] _slots = new int[64];
    private int[] _hashes = new int[64];
    private long[] _places = new long[32];
    private byte[][] _blocks = [];
    private int _blockCount;
    private int _blockUsed = BlockBytes;

    public int Count { get; private set; }

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
                _slots[at] = Count + 1;
                _hashes[at] = hash;
                return Add(key);
            }

            if (_hashes[at] == hash && Read(_blocks, _places[slot]).SequenceEqual(key))
            {
                return slot;
            }
        }
    }

    /// <summary>The keys as they are now.</summary>
    public FrozenKeys Freeze() => new(_blocks, _places, Count);

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

    private int Add(ReadOnlySpan<byte> key)
    {
        if (Count == _places.Length)
        {
            Array.Resize(ref _places, checked(_places.Length * 2));
        }

        _places[Count] = Store(key);
        if (++Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return Count - 1;
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
        return place;
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
