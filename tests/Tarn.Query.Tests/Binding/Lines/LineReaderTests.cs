using System.Text;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Lines;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Binding.Lines;

public sealed class LineReaderTests
{
    private const string Text = "one\n\ntwo two\r\nthree\nlast";

    /// <summary>Wherever an object is cut, every line is in one piece, under its own number.</summary>
    [Fact]
    public async Task TryRead_PiecesOfEverySize_GiveEveryLineOnce()
    {
        using var directory = new TempDirectory();
        var file = await FileAsync(directory, Encoding.UTF8.GetBytes(Text));
        var expected = Text.Split('\n').Select((line, index) => (line, index + 1L)).ToList();

        for (var size = 1; size <= Text.Length; size++)
        {
            var lines = new List<(string, long)>();
            for (var start = 0; start < Text.Length; start += size)
            {
                lines.AddRange(Read(new LinePiece(
                    file, [], CompressionFormat.None, start, Math.Min(start + size, Text.Length))));
            }

            Assert.Equal(expected, lines);
        }
    }

    /// <summary>The object's name alone says how it is packed.</summary>
    [Fact]
    public async Task Cut_PackedObjectOfEachFormat_IsReadByItsExtension()
    {
        using var directory = new TempDirectory();
        var expected = Text.Split('\n').Select((line, index) => (line, index + 1L)).ToList();
        foreach (var format in Enum.GetValues<CompressionFormat>().Except([CompressionFormat.None]))
        {
            var packed = CompressionCodec.Compress(Encoding.UTF8.GetBytes(Text), format);
            var file = await FileAsync(directory, packed, "a.json" + CompressionCodec.Extension(format));

            Assert.Equal(expected, Read(Assert.Single(LinePiece.Cut(file, [], 0))));
        }
    }

    [Fact]
    public async Task TryRead_LineLongerThanTheBuffer_IsWhole()
    {
        using var directory = new TempDirectory();
        var line = new string('x', 3_000_000);
        var file = await FileAsync(
            directory, CompressionCodec.Compress(Encoding.UTF8.GetBytes(line + "\ny"), CompressionFormat.Gzip));

        var lines = Read(new LinePiece(file, [], CompressionFormat.Gzip, 0, long.MaxValue));

        Assert.Equal([(line, 1L), ("y", 2L)], lines);
    }

    [Fact]
    public async Task TryRead_PackedObjectThatEndsEarly_IsDamaged()
    {
        using var directory = new TempDirectory();
        var packed = CompressionCodec.Compress(Encoding.UTF8.GetBytes(Text), CompressionFormat.Gzip);
        var file = await FileAsync(directory, packed[..^9]);

        var failure = Assert.Throws<TarnException>(
            () => Read(new LinePiece(file, [], CompressionFormat.Gzip, 0, long.MaxValue)));

        Assert.Equal(ErrorKind.Damaged, failure.Kind);
    }

    private static Task<LocalFile> FileAsync(TempDirectory directory, byte[] bytes) =>
        FileAsync(directory, bytes, "a");

    private static async Task<LocalFile> FileAsync(TempDirectory directory, byte[] bytes, string name)
    {
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        using var body = new MemoryStream(bytes);
        var info = await lake.Objects.PutAsync(
            ObjectKey.Parse("s3://lake/" + name), body, ObjectAttributes.None, CancellationToken.None);
        return (await lake.Objects.OpenLocalAsync(info.Key, CancellationToken.None))!;
    }

    private static List<(string Line, long Number)> Read(LinePiece piece)
    {
        using var reader = new LineReader(piece, 100_000_000, meter: null);
        var lines = new List<string>();
        while (reader.TryRead(out var line))
        {
            lines.Add(Encoding.UTF8.GetString(line));
        }

        // The number is of the last line: it may use the buffer up.
        var last = lines.Count == 0 ? 0 : reader.LineNumber();
        return [.. lines.Select((line, index) => (line, last - lines.Count + 1 + index))];
    }
}
