using System.Buffers.Binary;
using System.Numerics;

namespace Tarn.Sql.Functions.Native;

/// <summary>CRC-32 (IEEE) and XXH64 with seed 0.</summary>
internal static class Checksums
{
    private const ulong Prime1 = 11400714785074694791;
    private const ulong Prime2 = 14029467366897019727;
    private const ulong Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579;
    private const ulong Prime5 = 2870177450012600261;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    public static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    public static ulong XxHash64(ReadOnlySpan<byte> data)
    {
        var length = (ulong)data.Length;
        ulong hash;
        if (data.Length >= 32)
        {
            var (a, b, c, d) = (unchecked(Prime1 + Prime2), Prime2, 0UL, unchecked(0UL - Prime1));
            for (; data.Length >= 32; data = data[32..])
            {
                a = Round(a, Word(data));
                b = Round(b, Word(data[8..]));
                c = Round(c, Word(data[16..]));
                d = Round(d, Word(data[24..]));
            }

            hash = unchecked(BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
                + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18));
            foreach (var lane in (ReadOnlySpan<ulong>)[a, b, c, d])
            {
                hash = unchecked(((hash ^ Round(0, lane)) * Prime1) + Prime4);
            }
        }
        else
        {
            hash = Prime5;
        }

        return Finish(unchecked(hash + length), data);
    }

    private static ulong Finish(ulong hash, ReadOnlySpan<byte> data)
    {
        unchecked
        {
            for (; data.Length >= 8; data = data[8..])
            {
                hash = (BitOperations.RotateLeft(hash ^ Round(0, Word(data)), 27) * Prime1) + Prime4;
            }

            if (data.Length >= 4)
            {
                hash ^= BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime1;
                hash = (BitOperations.RotateLeft(hash, 23) * Prime2) + Prime3;
                data = data[4..];
            }

            foreach (var value in data)
            {
                hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
            }

            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }

    private static ulong Round(ulong lane, ulong word) =>
        unchecked(BitOperations.RotateLeft(lane + (word * Prime2), 31) * Prime1);

    private static ulong Word(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        }

        return value;
    }
}
