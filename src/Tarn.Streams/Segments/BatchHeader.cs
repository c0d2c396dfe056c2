using System.Buffers.Binary;

namespace Tarn.Streams.Segments;

/// <summary>The 40 bytes before each batch of records.</summary>
/// <remarks>
/// Little-endian. The header has its own checksum, so that a damaged body can be stepped over.
/// <code>
///  0  4  magic "TBAT"
///  4  4  CRC-32C of bytes 8 to 39, seeded with the segment's salt
///  8  4  length of the body
/// 12  4  CRC-32C of the body
/// 16  4  number of records, at least 1
/// 20  4  flags, 0
/// 24  8  sequence number of the first record; the others follow without gaps
/// 32  8  arrival time of all of them, milliseconds since 1970
/// </code>
/// </remarks>
internal readonly record struct BatchHeader(
    int BodyLength, uint BodyChecksum, uint RecordCount, ulong FirstSequence, long ArrivalMs)
{
    public const int Size = 40;

    /// <summary>No batch is larger: a record of 10 MiB with its frame is one.</summary>
    public const int BodyLengthMax = 16 << 20;

    public static ReadOnlySpan<byte> Magic => "TBAT"u8;

    /// <summary>Header and body.</summary>
    public int Length => Size + BodyLength;

    public ulong LastSequence => FirstSequence + RecordCount - 1;

    public void Write(Span<byte> target, uint salt)
    {
        target = target[..Size];
        Magic.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], BodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], BodyChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(target[16..], RecordCount);
        BinaryPrimitives.WriteUInt32LittleEndian(target[20..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(target[24..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], ArrivalMs);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Crc32C.Of(target[8..], salt));
    }

    /// <summary>False when the bytes are not a header of this segment.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, uint salt, out BatchHeader header)
    {
        header = default;
        if (source.Length < Size || !source.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[4..]) != Crc32C.Of(source[8..Size], salt))
        {
            return false;
        }

        header = new BatchHeader(
            BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]));
        return header is { BodyLength: > 0 and <= BodyLengthMax, RecordCount: > 0 }
            && BinaryPrimitives.ReadUInt32LittleEndian(source[20..]) == 0;
    }
}
