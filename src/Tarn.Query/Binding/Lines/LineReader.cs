using System.Buffers;
using System.Globalization;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding.Lines;

/// <summary>
/// The lines that begin in a piece, in order. One that begins before it and ends in it belongs to the piece before.
/// </summary>
internal sealed class LineReader : IDisposable
{
    private const int BufferBytes = 256 << 10;
    private const int LineBytesMax = 64 << 20;

    private readonly LinePiece _piece;
    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _at;
    private int _filled;
    private long _filledOffset;
    private bool _isAtEnd;
    private long _lines;

    public LineReader(LinePiece piece, long bytesMax, ScanMeter? meter)
    {
        _piece = piece;
        var file = new FileStream(
            piece.File.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            file.Position = Math.Max(0, piece.Start - 1);
            _filledOffset = file.Position;
            _stream = CompressionCodec.OpenRead(
                new CountedStream(file, piece.Start, piece.End, meter), piece.Format, bytesMax, leaveOpen: false);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        if (piece.Start > 0)
        {
            TryTake(out _);
            _lines = 0;
        }
    }

    /// <summary>The next line without its end, good until the one after; false at the end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        var isAtStart = _piece.Start == 0 && _lines == 0;
        if (_filledOffset - _filled + _at >= _piece.End || !TryTake(out line))
        {
            return false;
        }

        line = isAtStart && line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        return true;
    }

    /// <summary>The last line's number in the object; reads what comes before the piece.</summary>
    public long LineNumber()
    {
        var before = 0L;
        if (_piece.Start > 0)
        {
            using var file = File.OpenRead(_piece.File.Path);
            var left = _piece.Start;
            while (left > 0)
            {
                var read = file.Read(_buffer, 0, (int)Math.Min(left, _buffer.Length));
                if (read == 0)
                {
                    break;
                }

                before += _buffer.AsSpan(0, read).Count((byte)'\n');
                left -= read;
            }

            // A line that the piece begins in the middle of ends in it.
            file.Position = _piece.Start - 1;
            before += file.ReadByte() == '\n' ? 0 : 1;
        }

        return before + _lines;
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool TryTake(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_at + searched, _filled - _at - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _buffer.AsSpan(_at, searched + end);
                _at += searched + end + 1;
                _lines++;
                return true;
            }

            searched = _filled - _at;
            if (_isAtEnd)
            {
                line = _buffer.AsSpan(_at, searched);
                _at = _filled;
                _lines += searched > 0 ? 1 : 0;
                return searched > 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        var left = _filled - _at;
        if (left == _buffer.Length)
        {
            if (left >= LineBytesMax)
            {
                throw new TarnException(
                    ErrorKind.Damaged,
                    string.Create(CultureInfo.InvariantCulture, $"the line is longer than {LineBytesMax} bytes"));
            }

            var larger = ArrayPool<byte>.Shared.Rent(left * 2);
            _buffer.AsSpan(_at, left).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_at, left).CopyTo(_buffer);
        }

        _at = 0;
        var read = _stream.Read(_buffer, left, _buffer.Length - left);
        _filled = left + read;
        _filledOffset += read;
        _isAtEnd = read == 0;
    }
}
