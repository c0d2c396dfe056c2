using System.Buffers.Binary;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>
/// Reads what <see cref="SnapshotWriter"/> wrote. The whole file is checked against its CRC before the first value
/// is read, so damage is found before anything is believed. Throws InvalidDataException.
/// </summary>
internal sealed class SnapshotReader
{
    private const int BufferBytes = 1 << 16;
    private const int CrcBytes = 4;
    private readonly Stream _stream;
    private long _left;
    private byte[] _buffer = new byte[BufferBytes];
    private int _at;
    private int _end;

    public SnapshotReader(Stream stream)
    {
        _stream = stream;
        CheckCrc();
        stream.Position = 0;
        _left = stream.Length - CrcBytes;
    }

    public bool AtEnd => _left == 0 && _at == _end;

    public bool ReadBoolean() => Take(1)[0] != 0;

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public byte[] ReadBytes() => Take(ReadInt32()).ToArray();

    public ReadOnlySpan<byte> ReadRaw(int count) => Take(count);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _left + (_end - _at))
        {
            throw new InvalidDataException("the snapshot ends early");
        }

        if (_end - _at < count)
        {
            Fill(count);
        }

        _at += count;
        return _buffer.AsSpan(_at - count, count);
    }

    private void Fill(int count)
    {
        var kept = _buffer.AsSpan(_at, _end - _at);
        var target = count > _buffer.Length ? new byte[count] : _buffer;
        kept.CopyTo(target);
        _end = kept.Length;
        _at = 0;
        _buffer = target;
        var wanted = (int)Math.Min(_buffer.Length - _end, _left);
        _stream.ReadExactly(_buffer, _end, wanted);
        _end += wanted;
        _left -= wanted;
    }

    private void CheckCrc()
    {
        var left = _stream.Length - CrcBytes;
        if (left < 0)
        {
            throw new InvalidDataException("the snapshot is empty");
        }

        var crc = new Crc32C();
        while (left > 0)
        {
            var count = _stream.Read(_buffer, 0, (int)Math.Min(_buffer.Length, left));
            if (count == 0)
            {
                throw new InvalidDataException("the snapshot ends early");
            }

            crc.Add(_buffer.AsSpan(0, count));
            left -= count;
        }

        _stream.ReadExactly(_buffer, 0, CrcBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(_buffer) != crc.Value)
        {
            throw new InvalidDataException("the snapshot's checksum does not fit");
        }
    }
}
