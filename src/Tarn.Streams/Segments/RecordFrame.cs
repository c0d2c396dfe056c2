using System.Buffers.Binary;

namespace Tarn.Streams.Segments;

/// <summary>A record within the body of a batch.</summary>
/// <remarks>
/// Little-endian:
/// <code>
///  0  4  length of the data (n)
///  4  2  length of the partition key (k)
///  6  k  partition key, UTF-8
///  .  n  data
/// </code>
/// </remarks>
internal static class RecordFrame
{
    public const int Overhead = 6;

    public static int Size(int keyLength, int dataLength) => Overhead + keyLength + dataLength;

    /// <summary>Writes a record up to its data, and returns the place for that.</summary>
    public static Span<byte> Begin(Span<byte> target, ReadOnlySpan<byte> key, int dataLength)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, dataLength);
        BinaryPrimitives.WriteUInt16LittleEndian(target[4..], (ushort)key.Length);
        key.CopyTo(target[Overhead..]);
        return target.Slice(Overhead + key.Length, dataLength);
    }

    /// <summary>Takes the first record off <paramref name="body"/>, whose checksum has been verified.</summary>
    public static (ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Data) Take(ref ReadOnlyMemory<byte> body)
    {
        var span = body.Span;
        var dataLength = BinaryPrimitives.ReadInt32LittleEndian(span);
        var keyLength = BinaryPrimitives.ReadUInt16LittleEndian(span[4..]);
        var key = body.Slice(Overhead, keyLength);
        var data = body.Slice(Overhead + keyLength, dataLength);
        body = body[Size(keyLength, dataLength)..];
        return (key, data);
    }
}
