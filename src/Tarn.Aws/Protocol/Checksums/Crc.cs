using System.Buffers.Binary;

namespace Tarn.Aws.Protocol.Checksums;

/// <summary>
/// Reflected cyclic redundancy checks of up to 64 bits, eight bytes per step over eight tables (slicing by 8). A CRC
/// of 32 bits runs in the low half of the same register.
/// </summary>
internal sealed class Crc
{
    /// <summary>CRC-32 of zip and Ethernet.</summary>
    public static readonly Crc Crc32 = new(0xEDB88320, 32);

    /// <summary>CRC-32C, Castagnoli.</summary>
    public static readonly Crc Crc32C = new(0x82F63B78, 32);

    /// <summary>CRC-64/NVME, S3's default.</summary>
    public static readonly Crc Crc64Nvme = new(0x9A6C9329AC4BC9B5, 64);

    private readonly ulong[] _tables = new ulong[8 * 256];
    private readonly ulong _mask;

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
    }

    /// <summary>Bytes of a finished value.</summary>
    public int Bytes { get; }

    /// <summary>The register before any byte.</summary>
    public ulong Start => _mask;

    /// <summary>The register after <paramref name="data"/>.</summary>
    public ulong Append(ulong register, ReadOnlySpan<byte> data)
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

    /// <summary>The finished value, big-endian as S3 writes it.</summary>
    public byte[] Finish(ulong register)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, register ^ _mask);
        return bytes[(8 - Bytes)..];
    }
}
