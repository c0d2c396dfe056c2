using System.Buffers.Binary;
using System.Security.Cryptography;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Checksums;

namespace Tarn.Storage.Tests.Objects.Checksums;

public sealed class PartsChecksumTests
{
    private static readonly byte[] Whole = MakeBytes();
    private static readonly Range[] Split = [0..1000, 1000..2000, 2000..2001, 2001..2001, 2001..^0];

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32)]
    [InlineData(ChecksumAlgorithm.Crc32C)]
    [InlineData(ChecksumAlgorithm.Crc64Nvme)]
    public void WholeObject_OfParts_IsThatOfTheBytes(ChecksumAlgorithm algorithm)
    {
        var parts = Split.Select(range => (Of(algorithm, Whole[range]), (long)Whole[range].Length)).ToList();
        Assert.Equal(Convert.ToBase64String(Of(algorithm, Whole)), PartsChecksum.WholeObject(algorithm, parts));
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32)]
    [InlineData(ChecksumAlgorithm.Crc32C)]
    [InlineData(ChecksumAlgorithm.Sha1)]
    [InlineData(ChecksumAlgorithm.Sha256)]
    public void Composite_OfParts_IsThatOfTheirChecksums(ChecksumAlgorithm algorithm)
    {
        var parts = Split.Select(range => Of(algorithm, Whole[range])).ToList();
        var expected = Convert.ToBase64String(Of(algorithm, [.. parts.SelectMany(part => part)])) + "-5";
        Assert.Equal(expected, PartsChecksum.Composite(algorithm, parts));
        Assert.All(parts, part => Assert.Equal(PartsChecksum.SizeOf(algorithm), part.Length));
    }

#pragma warning disable CA5350 // what S3 offers
    private static byte[] Of(ChecksumAlgorithm algorithm, byte[] bytes) => algorithm switch
    {
        ChecksumAlgorithm.Sha1 => SHA1.HashData(bytes),
        ChecksumAlgorithm.Sha256 => SHA256.HashData(bytes),
        ChecksumAlgorithm.Crc64Nvme => BigEndian(CrcModel.Crc64Nvme.Compute(bytes)),
        ChecksumAlgorithm.Crc32 => BigEndian(CrcModel.Crc32.Compute(bytes))[4..],
        _ => BigEndian(CrcModel.Crc32C.Compute(bytes))[4..],
    };
#pragma warning restore CA5350

    private static byte[] BigEndian(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] MakeBytes()
    {
        var bytes = new byte[10_000];
        new Random(3).NextBytes(bytes);
        return bytes;
    }
}
