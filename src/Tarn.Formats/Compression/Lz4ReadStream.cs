using K4os.Compression.LZ4.Streams;

namespace Tarn.Formats.Compression;

/// <summary>
/// The decompressed bytes of LZ4 frames, one after another; the library's own stream ends at one that is empty.
/// </summary>
internal sealed class Lz4ReadStream(Stream source, bool leaveOpen) : ForwardStream
{
    private readonly PeekStream _source = new(source);
    private LZ4DecoderStream? _frame;
    private bool _ended;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && buffer.Length > 0)
        {
            _frame ??= LZ4Stream.Decode(_source, leaveOpen: true);
            var read = ReadFrame(_frame, buffer);
            if (read > 0)
            {
                return read;
            }

            _frame.Dispose();
            _frame = null;
            _ended = !_source.HasMore();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _frame?.Dispose();
            if (!leaveOpen)
            {
                source.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private static int ReadFrame(LZ4DecoderStream frame, Span<byte> buffer)
    {
        try
        {
            return frame.Read(buffer);
        }
        catch (InvalidOperationException exception)
        {
            // What the library says of a block without a checksum that cannot be unpacked.
            throw new InvalidDataException("a block is not of LZ4", exception);
        }
    }
}
