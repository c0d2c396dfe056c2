using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Tests.Compression;

public sealed class GzipReadTests
{
    private static readonly byte[] Text = [.. Enumerable.Range(0, 20_000).Select(i => (byte)('a' + (i * i % 17)))];
    private static readonly byte[] Packed = CompressionCodec.Compress(Text, CompressionFormat.Gzip);

    [Fact]
    public void Read_CutAnywhere_IsDamaged()
    {
        for (var length = 1; length < Packed.Length; length++)
        {
            var error = Assert.ThrowsAny<Exception>(() => Unpack(Packed[..length]));

            Assert.True(error is TarnException { Kind: ErrorKind.Damaged }, $"{length}: {error}");
        }
    }

    [Fact]
    public void Read_SecondMemberCutAnywhere_IsDamaged()
    {
        const int HeaderBytes = 10;
        for (var length = HeaderBytes; length < Packed.Length; length++)
        {
            var error = Assert.ThrowsAny<Exception>(() => Unpack([.. Packed, .. Packed[..length]]));

            Assert.True(error is TarnException { Kind: ErrorKind.Damaged }, $"{length}: {error}");
        }
    }

    [Fact]
    public void Read_OtherBytesBehind_AreLeftOutAsGzipDoes()
    {
        Assert.Equal(Text, Unpack([.. Packed, .. "more"u8]));
        Assert.Equal(Text, Unpack([.. Packed, .. new byte[512]]));
        Assert.Equal(Text.Concat(Text).ToArray(), Unpack([.. Packed, .. Packed, .. new byte[512]]));
    }

    [Fact]
    public void Read_NoBytes_IsEmpty() => Assert.Empty(Unpack([]));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4096)]
    public void Read_IntoAnyRoom_GivesAllBytesInOrder(int room)
    {
        using var source = new MemoryStream([.. Packed, .. Packed]);
        using var reader = CompressionCodec.OpenRead(source, CompressionFormat.Gzip, long.MaxValue, leaveOpen: false);
        var read = new List<byte>();
        var buffer = new byte[room];
        while (reader.Read(buffer) is > 0 and var count)
        {
            read.AddRange(buffer.AsSpan(0, count));
        }

        Assert.Equal(Text.Concat(Text).ToArray(), read.ToArray());
    }

    private static byte[] Unpack(byte[] packed) =>
        CompressionCodec.Decompress(packed, CompressionFormat.Gzip, long.MaxValue);
}
