using System.Buffers.Binary;
using static System.Numerics.BitOperations;

namespace Tarn.Sql.Functions.Native;

/// <summary>Bob Jenkins' SpookyHash V2 with seed 0.</summary>
internal static class SpookyHash
{
    private const ulong Magic = 0xDEADBEEFDEADBEEF;
    private const int LongBytesMin = 192;

    private static readonly int[] MixTurns = [11, 32, 43, 31, 17, 28, 39, 57, 55, 54, 22, 46];
    private static readonly int[] EndTurns = [44, 15, 34, 21, 38, 33, 10, 13, 38, 53, 42, 54];

    public static ulong Hash64(ReadOnlySpan<byte> data) => data.Length < LongBytesMin ? Short(data) : Long(data);

    private static ulong Short(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var length = (ulong)data.Length;
            var h = new[] { 0UL, 0UL, Magic, Magic };
            for (; data.Length >= 32; data = data[32..])
            {
                h[2] += Word(data);
                h[3] += Word(data[8..]);
                ShortMix(h);
                h[0] += Word(data[16..]);
                h[1] += Word(data[24..]);
            }

            if (data.Length >= 16)
            {
                h[2] += Word(data);
                h[3] += Word(data[8..]);
                ShortMix(h);
                data = data[16..];
            }

            h[3] += length << 56;
            if (data.IsEmpty)
            {
                h[2] += Magic;
                h[3] += Magic;
            }
            else
            {
                Span<byte> tail = stackalloc byte[16];
                data.CopyTo(tail);
                h[2] += Word(tail);
                h[3] += Word(tail[8..]);
            }

            ShortEnd(h);
            return h[0];
        }
    }

    private static void ShortMix(ulong[] h)
    {
        ReadOnlySpan<int> turns = [50, 52, 30, 41, 54, 48, 38, 37, 62, 34, 5, 36];
        unchecked
        {
            for (var i = 0; i < turns.Length; i++)
            {
                var (to, from, mixed) = ((i + 2) % 4, (i + 3) % 4, i % 4);
                h[to] = RotateLeft(h[to], turns[i]) + h[from];
                h[mixed] ^= h[to];
            }
        }
    }

    private static void ShortEnd(ulong[] h)
    {
        ReadOnlySpan<int> turns = [15, 52, 26, 51, 28, 9, 47, 54, 32, 25, 63];
        unchecked
        {
            for (var i = 0; i < turns.Length; i++)
            {
                var (to, from) = ((i + 3) % 4, (i + 2) % 4);
                h[to] ^= h[from];
                h[from] = RotateLeft(h[from], turns[i]);
                h[to] += h[from];
            }
        }
    }

    private static ulong Long(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var h = Enumerable.Range(0, 12).Select(i => i % 3 == 2 ? Magic : 0UL).ToArray();
            for (; data.Length >= 96; data = data[96..])
            {
                Mix(h, data);
            }

            Span<byte> tail = stackalloc byte[96];
            data.CopyTo(tail);
            tail[95] = (byte)data.Length;
            for (var i = 0; i < 12; i++)
            {
                h[i] += Word(tail[(i * 8)..]);
            }

            for (var round = 0; round < 3; round++)
            {
                for (var i = 0; i < 12; i++)
                {
                    h[(i + 11) % 12] += h[(i + 1) % 12];
                    h[(i + 2) % 12] ^= h[(i + 11) % 12];
                    h[(i + 1) % 12] = RotateLeft(h[(i + 1) % 12], EndTurns[i]);
                }
            }

            return h[0];
        }
    }

    private static void Mix(ulong[] h, ReadOnlySpan<byte> data)
    {
        unchecked
        {
            for (var i = 0; i < 12; i++)
            {
                h[i] += Word(data[(i * 8)..]);
                h[(i + 2) % 12] ^= h[(i + 10) % 12];
                h[(i + 11) % 12] ^= h[i];
                h[i] = RotateLeft(h[i], MixTurns[i]);
                h[(i + 11) % 12] += h[(i + 1) % 12];
            }
        }
    }

    private static ulong Word(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);
}
