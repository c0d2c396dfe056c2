namespace Tarn.Formats.Compression;

/// <summary>The decompressed bytes of snappy blocks, however they are wrapped.</summary>
internal sealed class SnappyReadStream(Stream source, ISnappyFrames frames, bool leaveOpen) : ForwardStream
{
    private readonly PeekStream _source = new(source);
    private byte[] _block = [];
    private int _at;
    private int _end;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (_at == _end && buffer.Length > 0)
        {
            _at = 0;
            _end = 0;
            var length = frames.Read(_source, ref _block);
            if (length < 0)
            {
                return 0;
            }

            _end = length;
        }

        var count = Math.Min(buffer.Length, _end - _at);
        _block.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
