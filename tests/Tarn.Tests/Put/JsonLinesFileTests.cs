using System.IO.Compression;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Put;
using Tarn.Testing;

namespace Tarn.Tests.Put;

public sealed class JsonLinesFileTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string FilePath => Path.Combine(directory.Path, "records.jsonl");

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("{\"a\":1}\n{\"a\":2}")]
    [InlineData("{\"a\":1}\r\n{\"a\":2}\r\n")]
    [InlineData("\n\n{\"a\":1}\n  \t\n{\"a\":2}\n\n")]
    [InlineData("\ufeff{\"a\":1}\n{\"a\":2}\n")]
    public void Next_PlainOrGzip_GivesEachObject(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], All(bytes));
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], All(Zipped(bytes)));
    }

    [Fact]
    public void Next_TextOfManyLanguages_IsKept() =>
        Assert.Equal(["{\"a\":\"żółw 亀 🐢\"}"], All(Encoding.UTF8.GetBytes("{\"a\":\"żółw 亀 🐢\"}\n")));

    [Fact]
    public void Next_ManyLinesOfGzip_GivesThemAllAndReadsTheFileToItsEnd()
    {
        var lines = Enumerable.Range(0, 50_000).Select(i => $"{{\"a\":{i}}}").ToList();
        var bytes = Zipped(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        File.WriteAllBytes(FilePath, bytes);
        using var file = JsonLinesFile.Open(FilePath);

        Assert.Equal(lines, Rest(file));
        Assert.Equal((bytes.Length, bytes.Length), (file.LengthBytes, file.ReadBytes));
    }

    [Fact]
    public void Next_GzipOfSeveralMembers_GivesThemAll() =>
        Assert.Equal(
            ["{\"a\":1}", "{\"a\":2}"],
            All([.. Zipped("{\"a\":1}\n"u8.ToArray()), .. Zipped("{\"a\":2}\n"u8.ToArray())]));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void Next_EmptyFile_IsTheEnd(string text) => Assert.Empty(All(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Next_EmptyFileZipped_IsTheEnd() =>
        Assert.Empty(All([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]));

    [Fact]
    public void Line_AfterBlankLines_CountsThem()
    {
        File.WriteAllText(FilePath, "\n{}\n\n\n{}\n");
        using var file = JsonLinesFile.Open(FilePath);

        file.Next();
        Assert.Equal(2, file.Line);
        file.Next();
        Assert.Equal(5, file.Line);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{\"a\":1} {\"a\":2}")]
    [InlineData("{\"a\":")]
    [InlineData("{'a':1}")]
    [InlineData("a,b,c")]
    public void Next_LineThatIsNoObject_NamesFileAndLine(string line)
    {
        var error = Failure(Encoding.UTF8.GetBytes("{}\n\n" + line + "\n"));

        Assert.Equal($"{FilePath}:3: the line is not one JSON object", error.Message);
    }

    [Fact]
    public void Next_InvalidUtf8_IsInvalidNamingTheFile() =>
        Assert.StartsWith(FilePath + ": after line ", Failure([.. "{}\n{\"a\":\""u8, 0xff, .. "\"}\n"u8]).Message);

    [Fact]
    public void Next_GzipOfOtherBytes_IsInvalidNamingTheFile() =>
        Assert.StartsWith(FilePath + ": after line 0: ", Failure([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).Message);

    [Fact]
    public void Next_GzipWithAChangedByte_IsInvalid()
    {
        var bytes = Zipped(Lines(20_000));
        bytes[^6] ^= 0x40; // in the checksum of the content

        Assert.StartsWith(FilePath + ": after line ", Failure(bytes).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1000)]
    public void Next_GzipCutShort_IsInvalid(int missing)
    {
        var bytes = Zipped(Lines(20_000));

        Assert.StartsWith(FilePath + ": after line ", Failure(bytes[..^missing]).Message);
    }

    [Fact]
    public void Open_NoFile_IsNotFound()
    {
        var error = Assert.Throws<TarnException>(() => JsonLinesFile.Open(FilePath));

        Assert.Equal((ErrorKind.NotFound, $"there is no file '{FilePath}'"), (error.Kind, error.Message));
    }

    private static byte[] Lines(int count) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"a\":{i * 7919L}}}\n")));

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private static List<string> Rest(JsonLinesFile file)
    {
        var lines = new List<string>();
        while (file.Next() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private List<string> All(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        using var file = JsonLinesFile.Open(FilePath);
        return Rest(file);
    }

    private TarnException Failure(byte[] bytes)
    {
        var error = Assert.Throws<TarnException>(() => All(bytes));
        Assert.Equal(ErrorKind.Invalid, error.Kind);
        return error;
    }
}
