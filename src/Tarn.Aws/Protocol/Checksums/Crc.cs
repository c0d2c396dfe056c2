using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tarn.Aws.Protocol.Checksums;

/// <summary>
/// Reflected cyclic redundancy checks of up to 64 bits. A CRC of 32 bits runs in the low half of the same register.
/// <code>
/// 64 bytes a step   four registers of 128 bits, each moved 512 bits on by carry-less products and added to the next
///                   bytes (folding; Gopal et al., "Fast CRC Computation Using PCLMULQDQ", 2009)
///  8 bytes a step   eight tables (slicing by 8): what is left, and all of it where the processor has no such product
/// </code>
/// </summary>
internal sealed class Crc
{
    /// <summary>CRC-32 of zip and Ethernet.</summary>
    public static readonly Crc Crc32 = new(0xEDB88320, 32);

    /// <summary>CRC-32C, Castagnoli.</summary>
    public static readonly Crc Crc32C = new(0x82F63B78, 32);

    /// <summary>CRC-64/NVME, S3's default.</summary>
    public static readonly Crc Crc64Nvme = new(0x9A6C9329AC4BC9B5, 64);

    private const int FoldBytes = 64;
    private const int BlockBytes = 16;

    private readonly ulong[] _tables = new ulong[8 * 256];
    private readonly ulong _mask;
    private readonly Vector128<ulong> _past128;
    private readonly Vector128<ulong> _past512;

    private Crc(ulong polynomial, int bits)
    {
        _mask = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        Bytes = bits / 8;
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
            }

            _tables[i] = value;
        }

        for (var i = 256; i < _tables.Length; i++)
        {
            _tables[i] = (_tables[i - 256] >> 8) ^ _tables[_tables[i - 256] & 0xFF];
        }

        _past128 = Past(128, polynomial, bits);
        _past512 = Past(512, polynomial, bits);
    }

    /// <summary>Bytes of a finished value.</summary>
    public int Bytes { get; }

    /// <summary>The register before any byte.</summary>
    public ulong Start => _mask;

    /// <summary>The register after <paramref name="data"/>.</summary>
    public ulong Append(ulong register, ReadOnlySpan<byte> data)
    {
        if (Pclmulqdq.IsSupported && data.Length >= 2 * FoldBytes)
        {
            var folded = data.Length / FoldBytes * FoldBytes;
            register = Fold(register, data[..folded]);
            data = data[folded..];
        }

        return Slice(register, data);
    }

    /// <summary>The finished value, big-endian as S3 writes it.</summary>
    public byte[] Finish(ulong register)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, register ^ _mask);
        return bytes[(8 - Bytes)..];
    }

    /// <summary>
    /// What moves a register of 128 bits that many bits on: the residues of x^(bits + 63) for its low half, which
    /// stands 64 bits further left, and of x^(bits - 1). One less each, as a product of reflected words comes out one
    /// bit to the left.
    /// </summary>
    private static Vector128<ulong> Past(int distance, ulong polynomial, int bits)
    {
        return Vector128.Create(Power(distance + 63), Power(distance - 1));

        ulong Power(int exponent)
        {
            var value = 1UL << (bits - 1);
            for (var i = 0; i < exponent; i++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
            }

            return value << (64 - bits);
        }
    }

    private static Vector128<ulong> Move(Vector128<ulong> register, Vector128<ulong> past) =>
        Pclmulqdq.CarrylessMultiply(register, past, 0x00) ^ Pclmulqdq.CarrylessMultiply(register, past, 0x11);

    /// <summary>Of a multiple of 64 bytes.</summary>
    private ulong Fold(ulong register, ReadOnlySpan<byte> data)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        var (a, b, c, d) = (
            Vector128.Create(words) ^ Vector128.CreateScalar(register), Vector128.Create(words[2..]),
            Vector128.Create(words[4..]), Vector128.Create(words[6..]));
        for (words = words[8..]; words.Length > 0; words = words[8..])
        {
            a = Move(a, _past512) ^ Vector128.Create(words);
            b = Move(b, _past512) ^ Vector128.Create(words[2..]);
            c = Move(c, _past512) ^ Vector128.Create(words[4..]);
            d = Move(d, _past512) ^ Vector128.Create(words[6..]);
        }

        var whole = Move(Move(Move(a, _past128) ^ b, _past128) ^ c, _past128) ^ d;
        Span<byte> rest = stackalloc byte[BlockBytes];
        whole.AsByte().CopyTo(rest);
        return Slice(0, rest);
    }

    private ulong Slice(ulong register, ReadOnlySpan<byte> data)
    {
        var tables = _tables;
        while (data.Length >= 8)
        {
            var x = register ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            register = tables[0x700 + (int)(x & 0xFF)]
                ^ tables[0x600 + (int)((x >> 8) & 0xFF)]
                ^ tables[0x500 + (int)((x >> 16) & 0xFF)]
                ^ tables[0x400 + (int)((x >> 24) & 0xFF)]
                ^ tables[0x300 + (int)((x >> 32) & 0xFF)]
                ^ tables[0x200 + (int)((x >> 40) & 0xFF)]
                ^ tables[0x100 + (int)((x >> 48) & 0xFF)]
                ^ tables[(int)(x >> 56)];
            data = data[8..];
        }

        foreach (var value in data)
        {
            register = (register >> 8) ^ tables[(int)((register ^ value) & 0xFF)];
        }

        return register;
    }
}
