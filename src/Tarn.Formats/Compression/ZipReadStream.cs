using System.Buffers.Binary;
using ICSharpCode.SharpZipLib.Checksum;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace Tarn.Formats.Compression;

/// <summary>
/// Reads an archive from its beginning: the entries' bytes one after another, each held against its checksum. An
/// archive that ends before its directory is damaged.
/// </summary>
internal sealed class ZipReadStream(Stream source, bool leaveOpen) : ForwardStream
{
    private readonly PeekStream _source = new(source);
    private readonly byte[] _block = new byte[64 * 1024];
    private readonly Inflater _inflater = new(noHeader: true);
    private readonly Crc32 _crc = new();
    private ZipHeader _entry;
    private long _packedBytes;
    private State _state = State.BetweenEntries;

    private enum State
    {
        BetweenEntries,
        InEntry,
        Ended,
    }

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0 && _state != State.Ended)
        {
            if (_state == State.BetweenEntries)
            {
                OpenNext();
                continue;
            }

            var block = _block.AsSpan(0, Math.Min(buffer.Length, _block.Length));
            var read = _entry.Method == ZipHeader.Stored ? CopyStored(block) : Inflate(block.Length);
            if (read == 0)
            {
                CloseEntry();
                continue;
            }

            _crc.Update(new ArraySegment<byte>(_block, 0, read));
            block[..read].CopyTo(buffer);
            return read;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void OpenNext()
    {
        var signature = ReadNumber();
        switch (signature)
        {
            case ZipHeader.LocalSignature:
                _entry = ZipHeader.Read(_source);
                if (_entry.IsEncrypted || _entry.Method is not (ZipHeader.Stored or ZipHeader.Deflated))
                {
                    throw new InvalidDataException("an entry is encrypted or neither stored nor deflated");
                }

                _inflater.Reset();
                _crc.Reset();
                _packedBytes = 0;
                _state = State.InEntry;
                return;
            case ZipHeader.CentralSignature:
            case ZipHeader.EndSignature:
                SkipDirectory(signature);
                _state = State.Ended;
                return;
            default:
                throw new InvalidDataException("no entry and no directory begins where one is due");
        }
    }

    private int CopyStored(Span<byte> block)
    {
        var count = (int)Math.Min(block.Length, _entry.PackedSize - _packedBytes);
        _source.ReadExactly(block[..count]);
        _packedBytes += count;
        return count;
    }

    private int Inflate(int bytesMax)
    {
        while (!_inflater.IsFinished)
        {
            if (_inflater.IsNeedingInput)
            {
                var input = _source.Take();
                _inflater.SetInput(input.Array, input.Offset, input.Count);
            }

            var read = _inflater.Inflate(_block, 0, bytesMax);
            if (read > 0)
            {
                return read;
            }

            if (_inflater.IsNeedingDictionary)
            {
                throw new InvalidDataException("an entry needs a dictionary");
            }
        }

        return 0;
    }

    private void CloseEntry()
    {
        if (_entry.Method == ZipHeader.Deflated)
        {
            _source.GiveBack(_inflater.RemainingInput);
        }

        var crc = _entry.Crc;
        if (_entry.HasDescriptor)
        {
            crc = ReadNumber();
            if (crc == ZipHeader.DescriptorSignature && (uint)_crc.Value != ZipHeader.DescriptorSignature)
            {
                crc = ReadNumber();
            }

            _source.ReadExactly(new byte[_entry.IsLarge ? 16 : 8]);
        }

        if (crc != (uint)_crc.Value)
        {
            throw new InvalidDataException("an entry's checksum does not match");
        }

        _state = State.BetweenEntries;
    }

    /// <summary>The directory repeats what was read; what matters is that its end is there.</summary>
    private void SkipDirectory(uint signature)
    {
        while (signature != ZipHeader.EndSignature)
        {
            var next = _source.ReadByte();
            if (next < 0)
            {
                throw new EndOfStreamException("the archive ends before its directory does");
            }

            signature = (signature >> 8) | ((uint)next << 24);
        }

        Span<byte> end = stackalloc byte[18];
        _source.ReadExactly(end);
        _source.ReadExactly(new byte[BinaryPrimitives.ReadUInt16LittleEndian(end[16..])]);
    }

    private uint ReadNumber()
    {
        Span<byte> number = stackalloc byte[4];
        _source.ReadExactly(number);
        return BinaryPrimitives.ReadUInt32LittleEndian(number);
    }
}
