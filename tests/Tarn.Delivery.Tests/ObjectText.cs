using System.IO.Compression;
using System.Text;
using ICSharpCode.SharpZipLib.BZip2;
using ZstdSharp;

namespace Tarn.Delivery.Tests;

/// <summary>Reads objects back with other means than those that wrote them.</summary>
internal static class ObjectText
{
    public static async Task<string> ReadAsync(Stream body, string key)
    {
        await using var text = Path.GetExtension(key) switch
        {
            ".gz" => new GZipStream(body, CompressionMode.Decompress),
            ".bz2" => new BZip2InputStream(body),
            ".zst" => new DecompressionStream(body),
            ".json" or "" => body,
            var other => throw new InvalidOperationException($"{key} has the extension {other}"),
        };
        using var reader = new StreamReader(text, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
