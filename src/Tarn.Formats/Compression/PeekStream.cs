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
