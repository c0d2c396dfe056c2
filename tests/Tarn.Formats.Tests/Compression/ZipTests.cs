using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Tests.Compression;

public sealed class ZipTests : IDisposable
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, 20_000).Select(number => $"{{\"player\":\"p{number % 97}\",\"score\":{number}}}\n")));

    private readonly string _folder = Directory.CreateTempSubdirectory("tarn-zip-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Compress_HasOneEntryWithAConstantNameAndDate()
    {
        using var archive = new ZipArchive(new MemoryStream(CompressionCodec.Compress(Text, CompressionFormat.Zip)));

        var entry = Assert.Single(archive.Entries);
        Assert.Equal(("data", 1980, (long)Text.Length), (entry.FullName, entry.LastWriteTime.Year, entry.Length));
        Assert.InRange(entry.CompressedLength, 1, Text.Length / 4);
    }

    [Fact]
    public async Task Compress_IntoAFile_OpensWithUnzip()
    {
        var path = Path.Combine(_folder, "a.zip");
        await using (var writer = CompressionCodec.OpenWrite(
            File.Create(path), CompressionFormat.Zip, leaveOpen: false))
        {
            await writer.WriteAsync(Text);
        }

        Assert.Equal(CompressionCodec.Compress(Text, CompressionFormat.Zip), await File.ReadAllBytesAsync(path));
        Assert.Equal(0, (await RunAsync("unzip", "-t", path)).Code);
        var (code, output) = await RunAsync("unzip", "-p", path);
        Assert.Equal(0, code);
        Assert.Equal(Text, output);
    }

    [Theory]
    [InlineData("-q")]
    [InlineData("-q0")]
    [InlineData("-q9")]
    public async Task Decompress_WhatZipWrote_IsTheFiles(string level)
    {
        var (first, second) = (Path.Combine(_folder, "1.json"), Path.Combine(_folder, "2.json"));
        await File.WriteAllBytesAsync(first, Text);
        await File.WriteAllTextAsync(second, "{\"last\":1}\n");
        var path = Path.Combine(_folder, "b.zip");
        Assert.Equal(0, (await RunAsync("zip", level, "-j", path, first, second)).Code);

        var packed = await File.ReadAllBytesAsync(path);

        Assert.Equal(
            [.. Text, .. "{\"last\":1}\n"u8],
            CompressionCodec.Decompress(packed, CompressionFormat.Zip, Text.Length + 100));
    }

    [Fact]
    public async Task Decompress_Encrypted_IsDamaged()
    {
        var file = Path.Combine(_folder, "1.json");
        await File.WriteAllBytesAsync(file, Text);
        var path = Path.Combine(_folder, "c.zip");
        Assert.Equal(0, (await RunAsync("zip", "-q", "-j", "-P", "secret", path, file)).Code);
        var packed = await File.ReadAllBytesAsync(path);

        var error = Assert.Throws<TarnException>(
            () => CompressionCodec.Decompress(packed, CompressionFormat.Zip, Text.Length));

        Assert.Equal((ErrorKind.Damaged, "an entry is encrypted or neither stored nor deflated"),
            (error.Kind, error.Detail));
    }

    [Fact]
    public void Decompress_EmptyArchive_IsEmpty()
    {
        using var packed = new MemoryStream();
        new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true).Dispose();

        Assert.Empty(CompressionCodec.Decompress(packed.ToArray(), CompressionFormat.Zip, bytesMax: 0));
    }

    private static async Task<(int Code, byte[] Output)> RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray());
    }
}
