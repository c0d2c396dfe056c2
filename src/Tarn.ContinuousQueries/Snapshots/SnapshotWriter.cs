using System.Buffers.Binary;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>Writes little-endian values to a stream through a buffer, and their CRC at the end. One thread.</summary>
internal sealed class SnapshotWriter(Stream stream)
{
    private const int BufferBytes = 1 << 16;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Crc32C _crc = new();
    private int _used;

    public void WriteBoolean(bool value) => Reserve(1)[0] = value ? (byte)1 : (byte)0;

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    /// <summary>Length (four bytes) and bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        WriteRaw(value);
    }

    public void WriteRaw(ReadOnlySpan<byte> value)
    {
        while (value.Length > 0)
        {
            var part = value[..Math.Min(value.Length, BufferBytes)];
            part.CopyTo(Reserve(part.Length));
            value = value[part.Length..];
        }
    }

    /// <summary>Writes what is buffered, then the CRC of all that was written.</summary>
    public void Finish()
    {
        Flush();
        Span<byte> crc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, _crc.Value);
        stream.Write(crc);
    }

    private Span<byte> Reserve(int count)
    {
        if (_used + count > BufferBytes)
        {
            Flush();
        }

        _used += count;
        return _buffer.AsSpan(_used - count, count);
    }

    private void Flush()
    {
        _crc.Add(_buffer.AsSpan(0, _used));
        stream.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
