using Tarn.Query.Executions;

namespace Tarn.Query.Binding;

/// <summary>
/// Reads an object and counts the bytes within a stretch of it: those after it, which its last line needs, count in the
/// next stretch. Disposing closes the object.
/// </summary>
internal sealed class CountedStream(FileStream file, long start, long end, ScanMeter? meter) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        var before = file.Position;
        var read = file.Read(buffer);
        var counted = Math.Min(before + read, end) - Math.Max(before, start);
        if (counted > 0)
        {
            meter?.Add(counted);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
