using System.Runtime.InteropServices;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// Memory that does not move, for texts that cells point to. Grows with what is added and is used again after a clear.
/// </summary>
internal sealed class TextHeap
{
    private const int SegmentBytes = 64 << 10;

    private readonly List<byte[]> _segments = [];
    private int _current = -1;
    private int _used;

    /// <summary>Room for a text of up to so many bytes; <see cref="Commit"/> says how many it took.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_current < 0 || bytes > _segments[_current].Length - _used)
        {
            Advance(bytes);
        }

        return _segments[_current].AsSpan(_used, bytes);
    }

    /// <summary>The address of what was reserved last; the rest of the room is given back.</summary>
    public nint Commit(int bytes)
    {
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_segments[_current], _used);
        _used += bytes;
        return address;
    }

    /// <summary>Forgets all texts. Room for long ones is given back.</summary>
    public void Clear()
    {
        _segments.RemoveAll(segment => segment.Length > SegmentBytes);
        _current = -1;
        _used = 0;
    }

    private void Advance(int bytes)
    {
        _current++;
        _used = 0;
        if (_current == _segments.Count || bytes > _segments[_current].Length)
        {
            var segment = GC.AllocateUninitializedArray<byte>(Math.Max(SegmentBytes, bytes), pinned: true);
            _segments.Insert(_current, segment);
        }
    }
}
