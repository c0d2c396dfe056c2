using System.Buffers.Binary;
using Tarn.Delivery.Processing;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Conversion;

/// <summary>
/// What precedes a record in a spool, little endian:
/// <code>
/// int32   bytes of the payload
/// int32   bytes of the partition key
/// int64   arrival, ticks of UTC
/// uint64  sequence number
/// int32   sub sequence
/// ...     partition key, then payload
/// </code>
/// A spool is read by the process that wrote it and never again.
/// </summary>
internal readonly record struct SpoolHead(
    int DataBytes, int KeyBytes, DateTimeOffset ArrivalTime, SequenceNumber Sequence, int SubSequence)
{
    public const int Bytes = 28;

    /// <summary>Of head, key and payload.</summary>
    public long RecordBytes => (long)Bytes + KeyBytes + DataBytes;

    public static SpoolHead Of(in FlowRecord record) => new(
        record.Data.Length, record.PartitionKey.Length, record.ArrivalTime, record.Sequence, record.SubSequence);

    public static SpoolHead Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt32LittleEndian(source),
        BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
        new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(source[8..]), TimeSpan.Zero),
        new SequenceNumber(BinaryPrimitives.ReadUInt64LittleEndian(source[16..])),
        BinaryPrimitives.ReadInt32LittleEndian(source[24..]));

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, DataBytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], KeyBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], ArrivalTime.UtcTicks);
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], Sequence.Value);
        BinaryPrimitives.WriteInt32LittleEndian(target[24..], SubSequence);
    }
}
