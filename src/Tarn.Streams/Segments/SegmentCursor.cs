using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Tarn.Streams.Segments;

/// <summary>
/// Walks the batches of one segment through a window of memory, and finds the way again after damage. For one caller at
/// a time. Bodies are slices of the window.
/// </summary>
/// <param name="end">Bytes at or after this offset are not looked at.</param>
/// <param name="kept">Null: the one window moves on, and a body is valid until the next step. Else each window comes
/// from the pool, is not used again, and is added here for whoever is to return it.</param>
internal sealed class SegmentCursor(
    ISegmentDisk disk, SafeFileHandle file, uint salt, long end, int windowLength, List<byte[]>? kept)
{
    private byte[] _window = [];
    private long _windowStart;
    private int _windowFilled;

    /// <summary>The batch or damage at <paramref name="offset"/>, which is where an earlier step ended.</summary>
    public BatchStep Read(long offset, bool withBody)
    {
        if (offset >= end)
        {
            return new BatchStep(BatchStepKind.End, default, default, offset, offset);
        }

        if (!BatchHeader.TryRead(Bytes(offset, BatchHeader.Size).Span, salt, out var header))
        {
            return Damage(offset, Search(offset + 1));
        }

        var next = offset + header.Length;
        if (next > end)
        {
            return Damage(offset, end);
        }

        if (!withBody)
        {
            return new BatchStep(BatchStepKind.Batch, header, default, offset, next);
        }

        return TryBody(offset, header, out var body)
            ? new BatchStep(BatchStepKind.Batch, header, body, offset, next)
            : Damage(offset, Search(next));
    }

    private static BatchStep Damage(long offset, long next) =>
        new(BatchStepKind.Damage, default, default, offset, next);

    /// <summary>
    /// The first offset from <paramref name="offset"/> on where a whole, good batch begins; else the end.
    /// </summary>
    private long Search(long offset)
    {
        while (offset < end)
        {
            var bytes = Bytes(offset, BatchHeader.Size);
            if (bytes.Length < BatchHeader.Size)
            {
                return end;
            }

            var rest = _window.AsSpan((int)(offset - _windowStart), (int)(_windowStart + _windowFilled - offset));
            var found = rest.IndexOf(BatchHeader.Magic);
            if (found < 0)
            {
                offset += rest.Length - BatchHeader.Magic.Length + 1;
                continue;
            }

            offset += found;
            if (BatchHeader.TryRead(Bytes(offset, BatchHeader.Size).Span, salt, out var header)
                && TryBody(offset, header, out _))
            {
                return offset;
            }

            offset++;
        }

        return end;
    }

    private bool TryBody(long offset, BatchHeader header, out ReadOnlyMemory<byte> body)
    {
        var batch = Bytes(offset, header.Length);
        body = batch.Length < header.Length ? default : batch[BatchHeader.Size..];
        return !body.IsEmpty && Crc32C.Of(body.Span) == header.BodyChecksum;
    }

    /// <summary>That many bytes of the file; fewer where it, or <c>end</c>, comes first.</summary>
    private ReadOnlyMemory<byte> Bytes(long offset, int length)
    {
        length = (int)Math.Min(length, end - offset);
        if (offset < _windowStart || offset + length > _windowStart + _windowFilled)
        {
            Fill(offset, (int)Math.Min(Math.Max(length, windowLength), end - offset));
        }

        var start = (int)(offset - _windowStart);
        return _window.AsMemory(start, Math.Min(length, _windowFilled - start));
    }

    private void Fill(long offset, int length)
    {
        if (kept is not null)
        {
            _window = ArrayPool<byte>.Shared.Rent(length);
            kept.Add(_window);
        }
        else if (_window.Length < length)
        {
            _window = GC.AllocateUninitializedArray<byte>(length);
        }

        _windowStart = offset;
        _windowFilled = disk.ReadFully(file, _window.AsSpan(0, length), offset);
    }
}
