using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;

namespace Tarn.DuckDb.FileReads;

/// <summary>
/// Who counts which file of an instance. DuckDB logs every read of a file with the path as the statement spelled it and
/// not with the statement, so a file that two statements read at once has two spellings: <c>/lake/a</c> and
/// <c>/./lake/a</c>. A line of the log:
/// <code>
/// {"fs":"LocalFileSystem","path":"/lake/a.parquet","op":"READ","bytes":"402391","pos":"27"}
/// </code>
/// It looks like JSON, but nothing in a path is escaped.
/// </summary>
internal sealed class FileReadCounts
{
    /// <summary>Where a Parquet footer ends: its length and the magic bytes follow.</summary>
    private const int FooterEndBytes = 8;
    private const int PathCharsMax = 4096;

    private readonly ConcurrentDictionary<string, CountedFile> _files = new(StringComparer.Ordinal);

    /// <summary>Begins to count; returns the spelling.</summary>
    public string Add(string path, CountedFile file)
    {
        var spelled = path;
        while (!_files.TryAdd(spelled, file))
        {
            spelled = "/." + spelled;
        }

        return spelled;
    }

    public void Remove(string spelled) => _files.TryRemove(spelled, out _);

    /// <summary>Takes a line of the log in.</summary>
    public void Tell(ReadOnlySpan<byte> line)
    {
        var read = line.LastIndexOf("\",\"op\":\"READ\",\"bytes\":\""u8);
        var start = line.IndexOf("\"path\":\""u8) + "\"path\":\"".Length;
        if (read < start
            || !TryNumber(line[read..], "\"bytes\":\""u8, out var bytes)
            || !TryNumber(line[read..], "\"pos\":\""u8, out var position))
        {
            return;
        }

        var utf8 = line[start..read];
        Span<char> buffer = stackalloc char[PathCharsMax];
        if (utf8.Length > PathCharsMax || !Encoding.UTF8.TryGetChars(utf8, buffer, out var length))
        {
            return;
        }

        var lookup = _files.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(buffer[..length], out var file) && position + bytes < file.Length - FooterEndBytes)
        {
            file.OnRead(bytes);
        }
    }

    private static bool TryNumber(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out long number)
    {
        number = 0;
        var at = line.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(line[(at + name.Length)..], out number, out _);
    }
}
