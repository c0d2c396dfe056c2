using System.Buffers.Binary;
using System.Numerics;

namespace Tarn.Sql.Functions.Native;

/// <summary>MurmurHash3, 128 bits for 64-bit machines, with seed 0; the halves are little-endian.</summary>
internal static class Murmur3
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public static byte[] Hash128(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var (a, b) = (0UL, 0UL);
            var rest = data;
            for (; rest.Length >= 16; rest = rest[16..])
            {
                a ^= Mix1(BinaryPrimitives.ReadUInt64LittleEndian(rest));
                a = ((BitOperations.RotateLeft(a, 27) + b) * 5) + 0x52dce729;
                b ^= Mix2(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
                b = ((BitOperations.RotateLeft(b, 31) + a) * 5) + 0x38495ab5;
            }

            Span<byte> tail = stackalloc byte[16];
            rest.CopyTo(tail);
            b ^= Mix2(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));
            a ^= Mix1(BinaryPrimitives.ReadUInt64LittleEndian(tail));
            a ^= (ulong)data.Length;
            b ^= (ulong)data.Length;
            a += b;
            b += a;
            (a, b) = (Finish(a), Finish(b));
            a += b;
            b += a;
            var hash = new byte[16];
            BinaryPrimitives.WriteUInt64LittleEndian(hash, a);
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(8), b);
            return hash;
        }
    }

    private static ulong Mix1(ulong word) => unchecked(BitOperations.RotateLeft(word * C1, 31) * C2);

    private static ulong Mix2(ulong word) => unchecked(BitOperations.RotateLeft(word * C2, 33) * C1);

    private static ulong Finish(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
            value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
            return value ^ (value >> 33);
        }
    }
}
