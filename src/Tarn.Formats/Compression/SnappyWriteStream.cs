using Snappier;

namespace Tarn.Formats.Compression;

/// <summary>Cuts what is written into blocks, and packs them. Flushing does not end a block.</summary>
internal sealed class SnappyWriteStream(Stream destination, ISnappyFrameWriter frames, bool leaveOpen) : ForwardStream
{
    private readonly byte[] _block = new byte[frames.BlockBytes];
    private readonly byte[] _packed = new byte[Snappy.GetMaxCompressedLength(frames.BlockBytes)];
    private int _filled;
    private bool _begun;
    private bool _disposed;

    public override bool CanWrite => !_disposed;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var count = Math.Min(buffer.Length, _block.Length - _filled);
            buffer[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
            if (_filled == _block.Length)
            {
                WriteBlock();
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            WriteBlock();
            if (!leaveOpen)
            {
                destination.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void WriteBlock()
    {
        if (!_begun)
        {
            _begun = true;
            frames.Begin(destination);
        }

        if (_filled > 0)
        {
            frames.Write(destination, _filled, _packed.AsSpan(0, Snappy.Compress(_block.AsSpan(0, _filled), _packed)));
            _filled = 0;
        }
    }
}
