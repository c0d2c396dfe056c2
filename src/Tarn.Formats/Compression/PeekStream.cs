namespace Tarn.Formats.Compression;

/// <summary>A buffered source that can tell whether a byte follows. The inner stream stays open.</summary>
internal sealed class PeekStream(Stream inner) : ForwardStream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _at;
    private int _end;

    public override bool CanRead => true;

    public bool HasMore()
    {
        if (_at == _end)
        {
            _at = 0;
            _end = inner.Read(_buffer);
        }

        return _at < _end;
    }

    /// <summary>The byte that is read next, or -1 at the end.</summary>
    public int PeekByte() => HasMore() ? _buffer[_at] : -1;

    /// <summary>
    /// All that is buffered, at least a byte; throws when the source has ended. Valid until the next read.
    /// </summary>
    public ArraySegment<byte> Take()
    {
        if (!HasMore())
        {
            throw new EndOfStreamException();
        }

        var taken = new ArraySegment<byte>(_buffer, _at, _end - _at);
        _at = _end;
        return taken;
    }

    /// <summary>Returns the last bytes of what <see cref="Take"/> gave, when nothing was read since.</summary>
    public void GiveBack(int count) => _at -= count;

    public override int ReadByte() => HasMore() ? _buffer[_at++] : -1;

    public override int Read(Span<byte> buffer)
    {
        if (!HasMore())
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _end - _at);
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
