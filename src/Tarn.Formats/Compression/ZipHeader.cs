using System.Buffers.Binary;

namespace Tarn.Formats.Compression;

/// <summary>What a local file header of an archive says of the entry that follows it.</summary>
/// <remarks>
/// Layout after the signature: version 2, flags 2, method 2, time 2, date 2, CRC-32 4, packed size 4, size 4, length of
/// the name 2, length of the extra fields 2; then name and extra fields. Numbers are little-endian.
/// </remarks>
internal readonly record struct ZipHeader(int Flags, int Method, uint Crc, long PackedSize, bool IsLarge)
{
    public const uint LocalSignature = 0x04034b50;
    public const uint CentralSignature = 0x02014b50;
    public const uint DescriptorSignature = 0x08074b50;
    public const uint EndSignature = 0x06054b50;
    public const int Stored = 0;
    public const int Deflated = 8;

    private const int LargeField = 1;

    public bool IsEncrypted => (Flags & 0x0001) != 0;

    /// <summary>Checksum and sizes stand behind the data.</summary>
    public bool HasDescriptor => (Flags & 0x0008) != 0;

    public static ZipHeader Read(PeekStream source)
    {
        Span<byte> fixedPart = stackalloc byte[26];
        source.ReadExactly(fixedPart);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[2..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[4..]);
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[10..]);
        long packedSize = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[14..]);
        var names = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[22..]);
        var extra = new byte[BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[24..])];
        source.ReadExactly(new byte[names]);
        source.ReadExactly(extra);
        var large = FindLargeField(extra);
        if (large.Length >= 16 && packedSize == uint.MaxValue)
        {
            packedSize = BinaryPrimitives.ReadInt64LittleEndian(large.Span[8..]);
        }

        return new ZipHeader(flags, method, crc, packedSize, large.Length > 0);
    }

    private static ReadOnlyMemory<byte> FindLargeField(ReadOnlyMemory<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra.Span);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra.Span[2..]), extra.Length - 4);
            if (id == LargeField)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return default;
    }
}
