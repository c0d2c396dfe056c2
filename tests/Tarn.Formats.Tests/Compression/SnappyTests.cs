using System.Buffers.Binary;
using System.Text;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Tests.Compression;

public sealed class SnappyTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, 20_000).Select(number => $"{{\"player\":\"p{number % 97}\",\"score\":{number}}}\n")));

    // "hello\n" by python-snappy's stream compressor (issue 28 of its repository), and by hand in the others:
    // raw snappy is the length 6, the tag of a literal of 6, the bytes.
    private static readonly byte[] Raw = [0x06, 0x14, .. "hello\n"u8];
    private static readonly byte[] Framed =
        [0xff, 0x06, 0, 0, .. "sNaPpY"u8, 0x01, 0x0a, 0, 0, (byte)'S', (byte)'U', 0xff, (byte)'S', .. "hello\n"u8];

    private static readonly byte[] Java = [0x82, .. "SNAPPY\0"u8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8, .. Raw];
    private static readonly byte[] Hadoop = [0, 0, 0, 6, 0, 0, 0, 8, .. Raw];

    public static TheoryData<CompressionFormat> Both => new(CompressionFormat.Snappy, CompressionFormat.HadoopSnappy);

    [Fact]
    public void Compress_Snappy_IsTheStreamOfSnappyJava() =>
        Assert.Equal(Java, CompressionCodec.Compress("hello\n"u8, CompressionFormat.Snappy));

    [Fact]
    public void Compress_HadoopSnappy_IsABlockOfHadoop() =>
        Assert.Equal(Hadoop, CompressionCodec.Compress("hello\n"u8, CompressionFormat.HadoopSnappy));

    [Fact]
    public void Compress_Snappy_HasBlocksOf32KiB()
    {
        var packed = CompressionCodec.Compress(Text, CompressionFormat.Snappy).AsSpan(16);
        var sizes = new List<int>();
        while (packed.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(packed);
            sizes.Add(RawSize(packed[4..]));
            packed = packed[(4 + length)..];
        }

        Assert.Equal(Text.Length, sizes.Sum());
        Assert.All(sizes[..^1], size => Assert.Equal(32 << 10, size));
    }

    [Fact]
    public void Decompress_Snappy_ReadsAllFramings()
    {
        foreach (var packed in new[] { Framed, Java, Hadoop })
        {
            Assert.Equal(
                "hello\n"u8.ToArray(), CompressionCodec.Decompress(packed, CompressionFormat.Snappy, bytesMax: 6));
        }
    }

    [Fact]
    public void Decompress_HadoopBlockOfSeveralPieces_IsAllOfThem()
    {
        byte[] packed = [0, 0, 0, 12, 0, 0, 0, 8, .. Raw, 0, 0, 0, 8, .. Raw, 0, 0, 0, 0, .. Hadoop];

        Assert.Equal(
            "hello\nhello\nhello\n"u8.ToArray(),
            CompressionCodec.Decompress(packed, CompressionFormat.HadoopSnappy, bytesMax: 18));
    }

    [Fact]
    public void Decompress_FramedWithAnotherByte_IsDamaged()
    {
        var packed = Framed.ToArray();
        packed[^2] ^= 1;

        var error = Assert.Throws<TarnException>(
            () => CompressionCodec.Decompress(packed, CompressionFormat.Snappy, bytesMax: 100));

        Assert.Equal((ErrorKind.Damaged, "a chunk's checksum does not match"), (error.Kind, error.Detail));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Decompress_LengthOfGigabytes_IsDamaged(CompressionFormat format)
    {
        foreach (var packed in new byte[][]
        {
            [0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 8, .. Raw],
            [0, 0, 0, 6, 0x7f, 0xff, 0xff, 0xff, .. Raw],
            [0, 0, 0, 6, 0, 0, 0, 8, 0xff, 0xff, 0xff, 0xff, 0x07, 0x14, .. "he"u8],
            [0, 0, 0, 5, 0, 0, 0, 8, .. Raw],
        })
        {
            var error = Assert.Throws<TarnException>(
                () => CompressionCodec.Decompress(packed, format, bytesMax: 100));

            Assert.Equal(ErrorKind.Damaged, error.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Decompress_ChangedBytes_IsDamagedOrOtherText(CompressionFormat format)
    {
        var packed = CompressionCodec.Compress(Text, format);
        var random = new Random(42);
        var damaged = 0;
        for (var round = 0; round < 200; round++)
        {
            var changed = packed.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                // Neither form has a checksum, so a changed letter can only come out as such.
                var text = CompressionCodec.Decompress(changed, format, Text.Length * 2);
                Assert.InRange(text.Length, 1, Text.Length * 2);
            }
            catch (TarnException error)
            {
                Assert.True(error.Kind is ErrorKind.Damaged or ErrorKind.LimitExceeded, error.Describe());
                damaged++;
            }
        }

        Assert.InRange(damaged, 10, 200);
    }

    private static int RawSize(ReadOnlySpan<byte> raw) => (raw[0] & 0x7f) | ((raw[1] & 0x7f) << 7) | (raw[2] << 14);
}
