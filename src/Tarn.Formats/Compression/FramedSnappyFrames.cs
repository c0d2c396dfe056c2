using System.Buffers.Binary;
using System.Numerics;

namespace Tarn.Formats.Compression;

/// <summary>The framing format of snappy's authors, read only.</summary>
/// <remarks>
/// Layout, per chunk: kind 1, length 3, both little-endian; kind FF holds <c>sNaPpY</c>, 00 a masked CRC-32C 4 and raw
/// snappy bytes, 01 the same and plain bytes, 80 to FE are skipped.
/// </remarks>
internal sealed class FramedSnappyFrames : ISnappyFrames
{
    public const byte FirstByte = 0xFF;

    private const int ChecksumBytes = 4;

    public int Read(PeekStream source, ref byte[] block)
    {
        if (!source.HasMore())
        {
            return -1;
        }

        Span<byte> head = stackalloc byte[4];
        source.ReadExactly(head);
        var chunk = new byte[BinaryPrimitives.ReadInt32LittleEndian(head) >>> 8];
        source.ReadExactly(chunk);
        switch (head[0])
        {
            case 0x00 or 0x01 when chunk.Length >= ChecksumBytes:
                return Open(head[0], chunk, ref block);
            case FirstByte when chunk.AsSpan().SequenceEqual("sNaPpY"u8):
            case >= 0x80 and < FirstByte:
                return 0;
            default:
                throw new InvalidDataException($"a chunk of kind {head[0]} is not known");
        }
    }

    private static int Open(byte kind, byte[] chunk, ref byte[] block)
    {
        var length = chunk.Length - ChecksumBytes;
        if (kind == 0x00)
        {
            length = SnappyBlock.Unpack(chunk.AsSpan(ChecksumBytes), ref block, offset: 0);
        }
        else
        {
            block = chunk[ChecksumBytes..];
        }

        return Checksum(block.AsSpan(0, length)) == BinaryPrimitives.ReadUInt32LittleEndian(chunk)
            ? length
            : throw new InvalidDataException("a chunk's checksum does not match");
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
