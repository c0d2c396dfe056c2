using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Tests.Compression;

public sealed class CompressionCodecTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, 20_000)
            .Select(number => $"{{\"player\":\"p{number % 97}\",\"score\":{number * 31 % 1009}}}\n")));

    public static TheoryData<CompressionFormat> All => new(Enum.GetValues<CompressionFormat>());

    public static TheoryData<CompressionFormat> Compressing =>
        new(Enum.GetValues<CompressionFormat>().Except([CompressionFormat.None]));

    public static TheoryData<CompressionFormat> InMembers =>
        new(Enum.GetValues<CompressionFormat>().Except([CompressionFormat.Zip]));

    public static TheoryData<CompressionFormat> WithChecksum => new(
        CompressionFormat.Gzip, CompressionFormat.Bzip2, CompressionFormat.Zstd, CompressionFormat.Zip,
        CompressionFormat.Lz4);

    [Theory]
    [MemberData(nameof(All))]
    public void Decompress_OfCompressed_IsTheInput(CompressionFormat format)
    {
        foreach (var input in new[] { Text, [], [1] })
        {
            var packed = CompressionCodec.Compress(input, format);

            Assert.Equal(input, CompressionCodec.Decompress(packed, format, input.Length));
        }
    }

    [Theory]
    [MemberData(nameof(InMembers))]
    public void Decompress_SeveralMembers_ReadsThemAll(CompressionFormat format)
    {
        var packed = CompressionCodec.Compress("one\n"u8, format)
            .Concat(CompressionCodec.Compress([], format))
            .Concat(CompressionCodec.Compress("two\n"u8, format)).ToArray();

        Assert.Equal("one\ntwo\n"u8.ToArray(), CompressionCodec.Decompress(packed, format, bytesMax: 8));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Compress_Twice_GivesTheSameBytes(CompressionFormat format) =>
        Assert.Equal(CompressionCodec.Compress(Text, format), CompressionCodec.Compress(Text, format));

    [Fact]
    public void Compress_Gzip_HasNoTimeAndNoName()
    {
        var packed = CompressionCodec.Compress(Text, CompressionFormat.Gzip);

        Assert.Equal(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0 }, packed[..8]);
    }

    [Theory]
    [InlineData(CompressionFormat.Gzip, "zcat")]
    [InlineData(CompressionFormat.Bzip2, "bzcat")]
    [InlineData(CompressionFormat.Zstd, "zstdcat")]
    [InlineData(CompressionFormat.Lz4, "lz4cat")]
    public async Task Compress_Opens_WithThePlainTool(CompressionFormat format, string tool)
    {
        using var process = Process.Start(new ProcessStartInfo(tool)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.StandardInput.BaseStream.WriteAsync(CompressionCodec.Compress(Text, format));
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Text, output.ToArray());
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void OpenWrite_HigherLevel_IsSmallerAndReadsBack(CompressionLevel level)
    {
        foreach (var format in new[]
        {
            CompressionFormat.Gzip, CompressionFormat.Zstd, CompressionFormat.Bzip2, CompressionFormat.Zip,
            CompressionFormat.Lz4,
        })
        {
            using var target = new MemoryStream();
            using (var writer = CompressionCodec.OpenWrite(target, format, level, leaveOpen: true))
            {
                writer.Write(Text);
            }

            Assert.InRange(target.Length, 1, CompressionCodec.Compress(Text, format).Length);
            Assert.Equal(Text, CompressionCodec.Decompress(target.ToArray(), format, Text.Length));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task OpenRead_Async_ReadsTheSame(CompressionFormat format)
    {
        using var source = new MemoryStream(CompressionCodec.Compress(Text, format));
        await using var reader = CompressionCodec.OpenRead(source, format, Text.Length, leaveOpen: false);
        using var plain = new MemoryStream();

        await reader.CopyToAsync(plain);

        Assert.Equal(Text, plain.ToArray());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Streams_LeaveOpen_IsHonoured(CompressionFormat format)
    {
        foreach (var leaveOpen in new[] { true, false })
        {
            var target = new MemoryStream();
            CompressionCodec.OpenWrite(target, format, leaveOpen).Dispose();
            Assert.Equal(leaveOpen, target.CanWrite);

            var source = new MemoryStream(CompressionCodec.Compress("x"u8, format));
            CompressionCodec.OpenRead(source, format, bytesMax: 1, leaveOpen).Dispose();
            Assert.Equal(leaveOpen, source.CanRead);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Decompress_BeyondTheLimit_IsRefused(CompressionFormat format)
    {
        var packed = CompressionCodec.Compress(new byte[1_000_000], format);

        var error = Assert.Throws<TarnException>(
            () => CompressionCodec.Decompress(packed, format, bytesMax: 999_999));

        Assert.Equal(ErrorKind.LimitExceeded, error.Kind);
    }

    [Theory]
    [MemberData(nameof(Compressing))]
    public void Decompress_CutShort_IsDamaged(CompressionFormat format)
    {
        var packed = CompressionCodec.Compress(Text, format);
        foreach (var length in new[] { packed.Length - 1, packed.Length - 9, packed.Length / 2, 12, 5, 2 })
        {
            var error = Assert.ThrowsAny<Exception>(
                () => CompressionCodec.Decompress(packed.AsMemory(0, length), format, Text.Length));

            Assert.True(error is TarnException { Kind: ErrorKind.Damaged }, $"{length}: {error}");
        }
    }

    [Theory]
    [MemberData(nameof(WithChecksum))]
    public void Decompress_ChangedBytes_NeverGivesOtherText(CompressionFormat format)
    {
        var packed = CompressionCodec.Compress(Text, format);
        var random = new Random(42);
        for (var round = 0; round < 200; round++)
        {
            var damaged = packed.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                // A flipped bit of the header may carry no meaning; other text would be a silent loss.
                Assert.Equal(Text, CompressionCodec.Decompress(damaged, format, Text.Length * 2));
            }
            catch (TarnException error)
            {
                Assert.True(error.Kind is ErrorKind.Damaged or ErrorKind.LimitExceeded, error.Describe());
            }
        }
    }

    [Theory]
    [InlineData("none", CompressionFormat.None)]
    [InlineData("GZIP", CompressionFormat.Gzip)]
    [InlineData("bzip2", CompressionFormat.Bzip2)]
    [InlineData("zstd", CompressionFormat.Zstd)]
    [InlineData("zip", CompressionFormat.Zip)]
    [InlineData("snappy", CompressionFormat.Snappy)]
    [InlineData("Hadoop-Snappy", CompressionFormat.HadoopSnappy)]
    public void Parse_Known_ReturnsIt(string name, CompressionFormat format)
    {
        Assert.Equal(format, CompressionCodec.Parse(name));
        Assert.Equal(name.ToLowerInvariant(), CompressionCodec.Name(format));
    }

    [Fact]
    public void Parse_Unknown_SuggestsTheNearest()
    {
        var error = Assert.Throws<TarnException>(() => CompressionCodec.Parse("gzp"));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.Equal("did you mean 'gzip'?", error.Hint);
    }

    [Theory]
    [InlineData("a/b.json.gz", CompressionFormat.Gzip)]
    [InlineData("a/b.GZ", CompressionFormat.Gzip)]
    [InlineData("a.csv.bz2", CompressionFormat.Bzip2)]
    [InlineData("a.zst", CompressionFormat.Zstd)]
    [InlineData("a.zip", CompressionFormat.Zip)]
    [InlineData("a.json.snappy", CompressionFormat.Snappy)]
    [InlineData("a.json.hsnappy", CompressionFormat.HadoopSnappy)]
    [InlineData("a.gz/b.json", CompressionFormat.None)]
    [InlineData("plain", CompressionFormat.None)]
    public void FromName_ByExtension_ReturnsTheFormat(string name, CompressionFormat format) =>
        Assert.Equal(format, CompressionCodec.FromName(name));
}
