using System.Buffers.Binary;

namespace Tarn.Streams.Segments;

/// <summary>The first 64 bytes of a segment file.</summary>
/// <remarks>
/// Little-endian, but for the id, which is in the order of its text:
/// <code>
///  0  8  magic "TARNSEG" and 0
///  8  2  version, 2 (1: no record of the segment has a mark)
/// 10  2  length of this header, 64
/// 12  4  CRC-32C of bytes 16 to 63, seeded with the segment's salt
/// 16 16  stream id
/// 32  4  shard number
/// 36  4  flags, 0
/// 40  8  base sequence number
/// 48  8  creation time, milliseconds since 1970
/// 56  8  newest arrival time before this segment, milliseconds since 1970; 0 when there was none
/// </code>
/// </remarks>
/// <param name="CreatedMs">When the segment was begun.</param>
/// <param name="FloorArrivalMs">No record of the segment arrived before this, none of earlier segments after
/// it.</param>
internal readonly record struct SegmentHeader(SegmentId Id, long CreatedMs, long FloorArrivalMs)
{
    public const int Size = 64;
    public const int VersionOffset = 8;
    public const ushort Version = 2;

    private static ReadOnlySpan<byte> Magic => "TARNSEG\0"u8;

    public void Write(Span<byte> target)
    {
        target = target[..Size];
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(target[10..], Size);
        Id.Stream.TryWriteBytes(target[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(target[32..], Id.Shard);
        BinaryPrimitives.WriteUInt32LittleEndian(target[36..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(target[40..], Id.BaseSequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[48..], CreatedMs);
        BinaryPrimitives.WriteInt64LittleEndian(target[56..], FloorArrivalMs);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Crc32C.Of(target[16..], Id.Salt));
    }

    /// <summary>The bytes 8 and 9 of a header of this version; no checksum covers them.</summary>
    public static byte[] VersionBytes => [(byte)Version, 0];

    public static bool IsOfEarlierVersion(ReadOnlySpan<byte> source) =>
        BinaryPrimitives.ReadUInt16LittleEndian(source[8..]) < Version;

    /// <summary>What the bytes say, if they are the header of <paramref name="id"/>.</summary>
    public static SegmentHeaderState Read(ReadOnlySpan<byte> source, SegmentId id, out SegmentHeader header)
    {
        header = new SegmentHeader(id, 0, 0);
        if (source.Length < Size || !source.StartsWith(Magic))
        {
            return SegmentHeaderState.Damaged;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(source[8..]) > Version)
        {
            return SegmentHeaderState.TooNew;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(source[12..]) != Crc32C.Of(source[16..Size], id.Salt))
        {
            return SegmentHeaderState.Damaged;
        }

        header = new SegmentHeader(
            id,
            BinaryPrimitives.ReadInt64LittleEndian(source[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[56..]));
        return SegmentHeaderState.Good;
    }
}
