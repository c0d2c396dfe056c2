namespace Tarn.Put;

/// <summary>A stream whose first byte was already taken, put back: standard input cannot seek.</summary>
internal sealed class PrefixedStream(byte first, Stream rest) : Stream
{
    private bool isFirstRead;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (isFirstRead || buffer.IsEmpty)
        {
            return rest.Read(buffer);
        }

        isFirstRead = true;
        buffer[0] = first;
        return 1 + rest.Read(buffer[1..]); // a reader looks for a byte order mark in its first bytes only
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
