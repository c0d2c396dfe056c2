using System.IO.Compression;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;

namespace Tarn.Formats.Compression;

/// <summary>
/// Reads gzip by .NET's own stream, which is several times faster than others and takes data that ends early for data
/// that ends. So a member of its own is put behind the data: its few bytes come out last only when the data before
/// ended as a member ends. Bytes behind the last member that are no member are left out, as gzip itself does, where the
/// source can be read a second time to tell them from a member that is cut.
/// </summary>
internal sealed class GzipReadStream(Stream source, bool leaveOpen) : ForwardStream
{
    private static readonly byte[] Mark = [.. "tarn: the end\0\r\n"u8];
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly long _start = source.CanSeek ? source.Position : -1;
    private readonly GZipStream _inner = new(new WithMark(source, leaveOpen), CompressionMode.Decompress);

    /// <summary>The last bytes that came out: the mark, if nothing follows.</summary>
    private readonly byte[] _held = new byte[Mark.Length];
    private byte[] _small = [];
    private int _heldCount;
    private long _given;
    private bool _isAtEnd;
    private int _smallAt;
    private int _smallCount;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > Mark.Length && _smallCount == 0)
        {
            return ReadLarge(buffer);
        }

        if (_smallCount == 0 && buffer.Length > 0)
        {
            // Too little room to hold the last bytes back in: they go by way of a buffer that has it.
            _small = _small.Length > 0 ? _small : new byte[4 * Mark.Length];
            (_smallAt, _smallCount) = (0, ReadLarge(_small));
        }

        var taken = Math.Min(_smallCount, buffer.Length);
        _small.AsSpan(_smallAt, taken).CopyTo(buffer);
        _smallAt += taken;
        _smallCount -= taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadLarge(Span<byte> buffer)
    {
        while (!_isAtEnd)
        {
            _held.AsSpan(0, _heldCount).CopyTo(buffer);
            var read = _inner.Read(buffer[_heldCount..]);
            if (read == 0)
            {
                _isAtEnd = true;
                return _heldCount == Mark.Length && _held.AsSpan().SequenceEqual(Mark) ? 0
                    : _start >= 0 && _given + _heldCount == CountAgain() ? _heldCount
                    : throw new InvalidDataException("the data ends early");
            }

            var filled = _heldCount + read;
            _heldCount = Math.Min(filled, Mark.Length);
            buffer[(filled - _heldCount)..filled].CopyTo(_held);
            if (filled > _heldCount)
            {
                _given += filled - _heldCount;
                return filled - _heldCount;
            }
        }

        return 0;
    }

    /// <summary>Bytes of the members up to one that is none; -1 when one is cut.</summary>
    private long CountAgain()
    {
        source.Position = _start;
        try
        {
            using var again = new GZipInputStream(source) { IsStreamOwner = false };
            var buffer = new byte[1 << 16];
            var count = 0L;
            while (again.Read(buffer, 0, buffer.Length) is > 0 and var read)
            {
                count += read;
            }

            return count;
        }
        catch (Exception exception) when (exception is SharpZipBaseException or EndOfStreamException)
        {
            return -1;
        }
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>The source, then the mark's member.</summary>
    private sealed class WithMark(Stream source, bool leaveOpen) : ForwardStream
    {
        private bool _sourceEnded;
        private int _at;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            if (!_sourceEnded && source.Read(buffer) is > 0 and var read)
            {
                return read;
            }

            _sourceEnded |= buffer.Length > 0;
            var rest = MarkMember.AsSpan(_at);
            var taken = Math.Min(rest.Length, buffer.Length);
            rest[..taken].CopyTo(buffer);
            _at += taken;
            return taken;
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
}
