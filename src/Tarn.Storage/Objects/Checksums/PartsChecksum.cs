using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Tarn.Storage.Objects.Checksums;

/// <summary>The checksum of an object from those of its parts, without its bytes. Pure.</summary>
internal static class PartsChecksum
{
    /// <summary>Bytes of a checksum.</summary>
    public static int SizeOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Sha1 => SHA1.HashSizeInBytes,
        ChecksumAlgorithm.Sha256 => SHA256.HashSizeInBytes,
        _ => CrcOf(algorithm).Bytes,
    };

    /// <summary>The checksum of the parts' checksums, then <c>-</c> and their number.</summary>
    public static string Composite(ChecksumAlgorithm algorithm, IReadOnlyList<byte[]> parts)
    {
        var joined = parts.SelectMany(part => part).ToArray();
        var value = algorithm switch
        {
#pragma warning disable CA5350 // S3 offers SHA-1 against damage, not against forgery
            ChecksumAlgorithm.Sha1 => SHA1.HashData(joined),
#pragma warning restore CA5350
            ChecksumAlgorithm.Sha256 => SHA256.HashData(joined),
            _ => Write(CrcOf(algorithm), CrcOf(algorithm).Compute(joined)),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(value)}-{parts.Count}");
    }

    /// <summary>The CRC over the bytes of all parts.</summary>
    public static string WholeObject(ChecksumAlgorithm algorithm, IReadOnlyList<(byte[] Value, long Size)> parts)
    {
        var crc = CrcOf(algorithm);
        var whole = crc.Compute([]);
        var (length, shift) = (-1L, 0UL);
        foreach (var (value, size) in parts)
        {
            if (size != length)
            {
                (length, shift) = (size, crc.Shift(size));
            }

            whole = crc.Combine(whole, Read(value), shift);
        }

        return Convert.ToBase64String(Write(crc, whole));
    }

    private static CrcModel CrcOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => CrcModel.Crc32,
        ChecksumAlgorithm.Crc32C => CrcModel.Crc32C,
        ChecksumAlgorithm.Crc64Nvme => CrcModel.Crc64Nvme,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "not a CRC"),
    };

    private static ulong Read(byte[] value) => value.Length == sizeof(uint)
        ? BinaryPrimitives.ReadUInt32BigEndian(value)
        : BinaryPrimitives.ReadUInt64BigEndian(value);

    private static byte[] Write(CrcModel crc, ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[^crc.Bytes..];
    }
}
