using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Shards;

/// <summary>The local disk, with a list of what was opened and read.</summary>
internal sealed class CountingDisk : ISegmentDisk
{
    private readonly LocalSegmentDisk _disk = new();
    private readonly ConditionalWeakTable<SafeFileHandle, string> _paths = [];
    private readonly ConcurrentQueue<string> _opened = new();
    private readonly ConcurrentQueue<(string Path, int Bytes)> _read = new();

    /// <summary>Paths in the order in which they were opened since <see cref="Forget"/>.</summary>
    public IReadOnlyCollection<string> Opened => _opened;

    public IReadOnlyCollection<(string Path, int Bytes)> Reads => _read;

    public long BytesRead => _read.Sum(read => (long)read.Bytes);

    public void Forget()
    {
        _opened.Clear();
        _read.Clear();
    }

    public SafeFileHandle Create(string path) => Known(_disk.Create(path), path);

    public SafeFileHandle Open(string path) => Known(_disk.Open(path), path);

    public long Length(SafeFileHandle file) => _disk.Length(file);

    public int Read(SafeFileHandle file, Span<byte> target, long offset)
    {
        var bytes = _disk.Read(file, target, offset);
        _read.Enqueue((_paths.TryGetValue(file, out var path) ? path : "", bytes));
        return bytes;
    }

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) =>
        _disk.Write(file, buffers, offset);

    public void Flush(SafeFileHandle file) => _disk.Flush(file);

    public void Truncate(SafeFileHandle file, long length) => _disk.Truncate(file, length);

    public void Delete(string path) => _disk.Delete(path);

    public void FlushDirectory(string path) => _disk.FlushDirectory(path);

    private SafeFileHandle Known(SafeFileHandle file, string path)
    {
        _paths.Add(file, path);
        _opened.Enqueue(path);
        return file;
    }
}
