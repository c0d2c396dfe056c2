using System.Runtime.InteropServices;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// Payloads that are parsed together. Its memory does not move, so that cells can point to texts within it. Owned by
/// one thread at a time.
/// </summary>
public class PayloadBlock
{
    private readonly List<(int Start, int Length)> _payloads = [];
    private byte[] _bytes = [];

    /// <summary>Payloads in it.</summary>
    public int Count => _payloads.Count;

    /// <summary>All its memory, for the source to read into.</summary>
    public Memory<byte> Memory => _bytes;

    /// <summary>A payload; good until the block is filled anew.</summary>
    public ReadOnlyMemory<byte> Payload(int index) =>
        _bytes.AsMemory(_payloads[index].Start, _payloads[index].Length);

    /// <summary>Makes the memory at least so large; what was in it is lost.</summary>
    public void Reserve(int bytes)
    {
        if (_bytes.Length < bytes)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        }
    }

    /// <summary>Says where the next payload lies.</summary>
    public void Add(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start + (uint)length, (uint)_bytes.Length);
        _payloads.Add((start, length));
    }

    /// <summary>Forgets the payloads.</summary>
    public void Clear() => _payloads.Clear();

    internal JsonText Text(int index, NativeTables.TextHeap heap)
    {
        var (start, length) = _payloads[index];
        return new JsonText(
            _bytes.AsSpan(start, length), Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, start), heap);
    }
}
