using System.Buffers.Binary;
using System.Numerics;

namespace Tarn.Streams.Segments;

/// <summary>CRC-32C (Castagnoli), the checksum of segment files. <c>Of("123456789")</c> is <c>e3069283</c>.</summary>
internal static class Crc32C
{
    /// <summary>
    /// The checksum of <paramref name="bytes"/>, begun from <paramref name="seed"/>, itself a checksum or 0.
    /// </summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var single in bytes)
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        return ~crc;
    }
}
