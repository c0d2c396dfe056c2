using System.Buffers.Binary;
using System.Globalization;

namespace Tarn.Streams.Segments;

/// <summary>Which segment a file is: known from where it lies, so that a damaged header loses nothing.</summary>
/// <param name="Stream">The stream's id, not its name.</param>
/// <param name="Shard">The shard's number within the stream.</param>
/// <param name="BaseSequence">No record of the segment has a smaller number.</param>
internal readonly record struct SegmentId(Guid Stream, uint Shard, ulong BaseSequence)
{
    public const string Extension = ".segment";

    /// <summary>Twenty digits, so that names sort as numbers do.</summary>
    public string FileName => BaseSequence.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    /// <summary>
    /// The checksum of this id, and the seed of every batch header's checksum: bytes copied in from another segment (a
    /// recycled file, a payload that holds a segment) are never taken for a batch of this one.
    /// </summary>
    public uint Salt
    {
        get
        {
            Span<byte> bytes = stackalloc byte[28];
            Stream.TryWriteBytes(bytes, bigEndian: true, out _);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], Shard);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[20..], BaseSequence);
            return Crc32C.Of(bytes);
        }
    }

    /// <summary>The id of the file of that name, or null when the name is not a segment's.</summary>
    public static SegmentId? FromFileName(Guid stream, uint shard, string fileName) =>
        fileName.Length == 20 + Extension.Length
        && fileName.EndsWith(Extension, StringComparison.Ordinal)
        && ulong.TryParse(fileName.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SegmentId(stream, shard, number)
            : null;
}
