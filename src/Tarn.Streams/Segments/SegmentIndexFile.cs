using System.Buffers.Binary;

namespace Tarn.Streams.Segments;

/// <summary>
/// The sparse index of a closed segment, beside it under its name with the ending <see cref="Extension"/>. It is
/// derived: a file that is missing, torn, or of another length of the segment is made again by a scan of headers.
/// </summary>
/// <remarks>
/// Little-endian:
/// <code>
///  0  8  magic "TARNIDX" and 0
///  8  2  version, 1
/// 10  2  length of this header, 32
/// 12  4  CRC-32C of everything after, seeded with the segment's salt
/// 16  8  length of the segment that it covers
/// 24  4  number of places (n)
/// 28  4  flags, 0
/// 32 24n places: first number (8), arrival time in milliseconds since 1970 (8), offset (8); all grow
/// </code>
/// </remarks>
internal static class SegmentIndexFile
{
    public const string Extension = ".index";
    public const int HeaderSize = 32;
    public const int PlaceSize = 24;
    public const ushort Version = 1;

    private static ReadOnlySpan<byte> Magic => "TARNIDX\0"u8;

    public static string PathOf(string segmentPath) => Path.ChangeExtension(segmentPath, Extension);

    public static byte[] Write(SparseIndex index, long segmentLength, uint salt)
    {
        var places = index.Places;
        var bytes = new byte[HeaderSize + (places.Length * PlaceSize)];
        var target = bytes.AsSpan();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(target[10..], HeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], segmentLength);
        BinaryPrimitives.WriteInt32LittleEndian(target[24..], places.Length);
        for (var i = 0; i < places.Length; i++)
        {
            var place = target.Slice(HeaderSize + (i * PlaceSize), PlaceSize);
            BinaryPrimitives.WriteUInt64LittleEndian(place, places[i].FirstSequence);
            BinaryPrimitives.WriteInt64LittleEndian(place[8..], places[i].ArrivalMs);
            BinaryPrimitives.WriteInt64LittleEndian(place[16..], places[i].Offset);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Crc32C.Of(target[16..], salt));
        return bytes;
    }

    /// <summary>Null when the bytes are not the index of that segment at that length.</summary>
    public static SparseIndex? Read(ReadOnlySpan<byte> source, long segmentLength, uint salt)
    {
        if (source.Length < HeaderSize || !source.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt16LittleEndian(source[8..]) != Version
            || BinaryPrimitives.ReadUInt16LittleEndian(source[10..]) != HeaderSize
            || BinaryPrimitives.ReadUInt32LittleEndian(source[12..]) != Crc32C.Of(source[16..], salt)
            || BinaryPrimitives.ReadInt64LittleEndian(source[16..]) != segmentLength
            || source.Length != HeaderSize + ((long)BinaryPrimitives.ReadInt32LittleEndian(source[24..]) * PlaceSize))
        {
            return null;
        }

        var places = new BatchPlace[(source.Length - HeaderSize) / PlaceSize];
        for (var i = 0; i < places.Length; i++)
        {
            var place = source.Slice(HeaderSize + (i * PlaceSize), PlaceSize);
            places[i] = new BatchPlace(
                BinaryPrimitives.ReadUInt64LittleEndian(place),
                BinaryPrimitives.ReadInt64LittleEndian(place[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(place[16..]));
        }

        return new SparseIndex(new BatchPlaces(places));
    }
}
