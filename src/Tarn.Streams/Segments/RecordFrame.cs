using System.Buffers.Binary;
using Tarn.Streams.Records;

namespace Tarn.Streams.Segments;

/// <summary>A record within the body of a batch.</summary>
/// <remarks>
/// Little-endian:
/// <code>
///  0  4  length of the data (n)
///  4  2  length of the partition key (k); the highest bit says that a mark is there
///  6 16  mark: producer, in the order of its text  (only then, since version 2 of segments)
/// 22  8  mark: number                              (only then)
///  .  k  partition key, UTF-8
///  .  n  data
/// </code>
/// </remarks>
internal static class RecordFrame
{
    public const int Overhead = 6;
    private const int MarkLength = 24;
    private const ushort IsMarked = 0x8000;

    public static int Size(int keyLength, int dataLength, bool isMarked = false) =>
        Overhead + (isMarked ? MarkLength : 0) + keyLength + dataLength;

    /// <summary>Writes a record up to its data, and returns the place for that.</summary>
    public static Span<byte> Begin(Span<byte> target, ReadOnlySpan<byte> key, int dataLength, RecordMark? mark)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, dataLength);
        var flag = mark is null ? 0 : IsMarked;
        BinaryPrimitives.WriteUInt16LittleEndian(target[4..], (ushort)(key.Length | flag));
        target = target[Overhead..];
        if (mark is not null)
        {
            mark.Producer.TryWriteBytes(target, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64LittleEndian(target[16..], mark.Number);
            target = target[MarkLength..];
        }

        key.CopyTo(target);
        return target.Slice(key.Length, dataLength);
    }

    /// <summary>Takes the first record off <paramref name="body"/>, whose checksum has been verified.</summary>
    public static (ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Data, RecordMark? Mark) Take(
        ref ReadOnlyMemory<byte> body)
    {
        var span = body.Span;
        var dataLength = BinaryPrimitives.ReadInt32LittleEndian(span);
        var keyLength = BinaryPrimitives.ReadUInt16LittleEndian(span[4..]);
        var isMarked = (keyLength & IsMarked) != 0;
        keyLength &= unchecked((ushort)~IsMarked);
        var start = Size(0, 0, isMarked);
        var key = body.Slice(start, keyLength);
        var data = body.Slice(start + keyLength, dataLength);
        body = body[(start + keyLength + dataLength)..];
        return (key, data, isMarked ? MarkOf(span[Overhead..]) : null);
    }

    private static RecordMark MarkOf(ReadOnlySpan<byte> source) =>
        new(new Guid(source[..16], bigEndian: true), BinaryPrimitives.ReadInt64LittleEndian(source[16..]));
}
