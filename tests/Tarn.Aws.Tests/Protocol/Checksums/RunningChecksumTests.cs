using System.Text;
using Tarn.Aws.Protocol.Checksums;

namespace Tarn.Aws.Tests.Protocol.Checksums;

public sealed class RunningChecksumTests
{
    /// <summary>
    /// Check values of the CRC catalogue (https://reveng.sourceforge.io/crc-catalogue/) and of FIPS 180.
    /// </summary>
    [Theory]
    [InlineData("crc32", "cbf43926")]
    [InlineData("crc32c", "e3069283")]
    [InlineData("crc64nvme", "ae8b14860a799888")]
    [InlineData("sha1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [InlineData("sha256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    public void Finish_OfDigits_IsTheCheckValue(string algorithm, string expected)
    {
        using var checksum = RunningChecksum.Create(algorithm)!;

        checksum.Append("123456789"u8);

        Assert.Equal(expected, Convert.ToHexStringLower(checksum.Finish()));
    }

    [Theory]
    [InlineData("crc32")]
    [InlineData("crc32c")]
    [InlineData("crc64nvme")]
    public void Append_InPieces_IsTheSameAsWhole(string algorithm)
    {
        var data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => i.ToString())));
        using var whole = RunningChecksum.Create(algorithm)!;
        whole.Append(data);
        var expected = whole.Finish();
        for (var cut = 0; cut < 40; cut++)
        {
            using var pieces = RunningChecksum.Create(algorithm)!;
            pieces.Append(data.AsSpan(0, cut));
            pieces.Append(data.AsSpan(cut));
            Assert.Equal(expected, pieces.Finish());
        }
    }

    /// <summary>Long stretches are folded, short ones looked up in tables.</summary>
    [Theory]
    [InlineData("crc32")]
    [InlineData("crc32c")]
    [InlineData("crc64nvme")]
    public void Append_OfAnyLength_IsTheSameAsSevenBytesAtATime(string algorithm)
    {
        var data = new byte[1024];
        new Random(64).NextBytes(data);
        for (var length = 0; length <= data.Length; length += length < 300 ? 1 : 13)
        {
            using var whole = RunningChecksum.Create(algorithm)!;
            using var pieces = RunningChecksum.Create(algorithm)!;
            whole.Append(data.AsSpan(0, length));
            foreach (var piece in data.Take(length).Chunk(7))
            {
                pieces.Append(piece);
            }

            Assert.Equal(pieces.Finish(), whole.Finish());
        }
    }

    [Fact]
    public void Create_UnknownAlgorithm_IsNull() => Assert.Null(RunningChecksum.Create("md4"));
}
