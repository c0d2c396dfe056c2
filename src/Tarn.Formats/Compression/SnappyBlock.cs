using System.Buffers.Binary;
using Snappier;

namespace Tarn.Formats.Compression;

/// <summary>A raw snappy block and the big-endian length before it.</summary>
internal static class SnappyBlock
{
    /// <summary>More than any writer puts into a block; bounds what a damaged length can take.</summary>
    private const int BytesMax = 64 << 20;

    /// <summary>A length, within bounds.</summary>
    public static int ReadLength(PeekStream source)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        source.ReadExactly(number);
        return Check(BinaryPrimitives.ReadInt32BigEndian(number));
    }

    public static void WriteLength(Stream destination, int length)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, length);
        destination.Write(number);
    }

    /// <summary>Reads packed bytes, unpacks them at <paramref name="offset"/>, returns their new count.</summary>
    public static int Read(PeekStream source, int packedLength, ref byte[] block, int offset)
    {
        var packed = new byte[packedLength];
        source.ReadExactly(packed);
        return Unpack(packed, ref block, offset);
    }

    public static int Unpack(ReadOnlySpan<byte> packed, ref byte[] block, int offset)
    {
        var length = Check(Snappy.GetUncompressedLength(packed));
        if (block.Length < offset + length)
        {
            Array.Resize(ref block, offset + length);
        }

        return Snappy.Decompress(packed, block.AsSpan(offset, length));
    }

    public static int Check(int length) => length is >= 0 and <= BytesMax
        ? length
        : throw new InvalidDataException($"a block of {(uint)length} bytes is longer than any");
}
