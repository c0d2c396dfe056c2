using Microsoft.Win32.SafeHandles;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Shards;

/// <summary>
/// The local disk with faults: each is thrown while set, and a write may get part of its bytes out first.
/// </summary>
internal sealed class FaultyDisk : ISegmentDisk
{
    private readonly LocalSegmentDisk _disk = new();
    private int _flushCount;

    public IOException? OnCreate { get; set; }

    /// <summary>How the names end that <see cref="OnCreate"/> is for.</summary>
    public string OnCreateOf { get; set; } = "";

    public IOException? OnWrite { get; set; }

    /// <summary>Bytes that reach the file before <see cref="OnWrite"/>.</summary>
    public int WrittenBeforeFailure { get; set; }

    public IOException? OnFlush { get; set; }

    public IOException? OnFlushDirectory { get; set; }

    /// <summary>Entered before each flush; a test holds it to make the disk slow.</summary>
    public Action<SafeFileHandle> BeforeFlush { get; set; } = _ => { };

    public int FlushCount => Volatile.Read(ref _flushCount);

    public SafeFileHandle Create(string path) =>
        OnCreate is { } fault && path.EndsWith(OnCreateOf, StringComparison.Ordinal) ? throw fault : _disk.Create(path);

    public SafeFileHandle Open(string path) => _disk.Open(path);

    public long Length(SafeFileHandle file) => _disk.Length(file);

    public int Read(SafeFileHandle file, Span<byte> target, long offset) => _disk.Read(file, target, offset);

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
    {
        if (OnWrite is { } fault)
        {
            var bytes = buffers.SelectMany(buffer => buffer.ToArray()).Take(WrittenBeforeFailure).ToArray();
            _disk.Write(file, [bytes], offset);
            throw fault;
        }

        _disk.Write(file, buffers, offset);
    }

    public void Flush(SafeFileHandle file)
    {
        BeforeFlush(file);
        Interlocked.Increment(ref _flushCount);
        if (OnFlush is { } fault)
        {
            throw fault;
        }

        _disk.Flush(file);
    }

    public void Truncate(SafeFileHandle file, long length) => _disk.Truncate(file, length);

    public void Delete(string path) => _disk.Delete(path);

    public void FlushDirectory(string path)
    {
        if (OnFlushDirectory is { } fault)
        {
            throw fault;
        }

        _disk.FlushDirectory(path);
    }
}
