using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Put;

/// <summary>
/// A file of JSON lines, plain or gzip (told by its first bytes), read line by line. Each line must be one JSON
/// object.
/// </summary>
internal sealed class JsonLinesFile : IDisposable
{
    private readonly Stream raw;
    private readonly BufferedStream buffered;
    private readonly StreamReader reader;
    private readonly string name;

    private JsonLinesFile(string name, Stream raw)
    {
        this.name = name;
        this.raw = raw;
        buffered = new BufferedStream(raw, 1 << 16);
        LengthBytes = raw.CanSeek ? raw.Length : null;
        reader = new StreamReader(Unzipped(buffered), new UTF8Encoding(false, throwOnInvalidBytes: true));
    }

    /// <summary>Bytes of the file as it lies on disk, or null for standard input.</summary>
    public long? LengthBytes { get; }

    /// <summary>Bytes of it that were read so far.</summary>
    public long ReadBytes => raw.CanSeek ? raw.Position : 0;

    /// <summary>Number of the line last read, from 1.</summary>
    public long Line { get; private set; }

    /// <param name="path">A path, or <c>-</c> for standard input.</param>
    public static JsonLinesFile Open(string path)
    {
        if (path == "-")
        {
            return new JsonLinesFile("standard input", Terminal.OpenStandardInput());
        }

        return File.Exists(path)
            ? new JsonLinesFile(path, File.OpenRead(path))
            : throw new TarnException(ErrorKind.NotFound, $"there is no file '{path}'");
    }

    /// <summary>The next line that is not blank, or null at the end.</summary>
    /// <exception cref="TarnException">Invalid, naming file and line, when it is not a JSON object.</exception>
    public string? Next()
    {
        while (ReadLine() is { } line)
        {
            Line++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                return IsObject(line)
                    ? line
                    : throw new TarnException(ErrorKind.Invalid, $"{name}:{Line}: the line is not one JSON object");
            }
        }

        return null;
    }

    public void Dispose()
    {
        reader.Dispose();
        buffered.Dispose();
        raw.Dispose();
    }

    private string? ReadLine()
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception error) when (error is InvalidDataException or DecoderFallbackException)
        {
            throw new TarnException(ErrorKind.Invalid, $"{name}: after line {Line}: {error.Message}", cause: error);
        }
    }

    private static Stream Unzipped(BufferedStream stream)
    {
        var first = stream.ReadByte();
        if (first < 0)
        {
            return stream;
        }

        return first == 0x1f
            ? new GZipStream(new PrefixedStream((byte)first, stream), CompressionMode.Decompress)
            : new PrefixedStream((byte)first, stream);
    }

    private static bool IsObject(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
