using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Shards;

/// <summary>
/// The local disk of a machine whose power can go: what was not flushed may then be gone, or there in part. Writes keep
/// their order only up to a flush, so what is left of a tail has holes.
/// </summary>
internal sealed class PowerDisk : ISegmentDisk
{
    private const int PageSize = 512;

    private readonly LocalSegmentDisk _disk = new();
    private readonly ConditionalWeakTable<SafeFileHandle, string> _paths = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _flushed = [];
    private readonly HashSet<string> _named = [];
    private int _flushCount;

    /// <summary>Flushes of files that are done.</summary>
    public int FlushCount => Volatile.Read(ref _flushCount);

    public SafeFileHandle Create(string path) => Known(_disk.Create(path), path);

    public SafeFileHandle Open(string path) => Known(_disk.Open(path), path);

    public long Length(SafeFileHandle file) => _disk.Length(file);

    public int Read(SafeFileHandle file, Span<byte> target, long offset) => _disk.Read(file, target, offset);

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) =>
        _disk.Write(file, buffers, offset);

    public void Flush(SafeFileHandle file)
    {
        _disk.Flush(file);
        lock (_gate)
        {
            var bytes = new byte[_disk.Length(file)];
            ((ISegmentDisk)_disk).ReadFully(file, bytes, 0);
            _flushed[_paths.TryGetValue(file, out var path) ? path : ""] = bytes;
        }

        Interlocked.Increment(ref _flushCount);
    }

    public void Truncate(SafeFileHandle file, long length) => _disk.Truncate(file, length);

    public void Delete(string path) => _disk.Delete(path);

    public void FlushDirectory(string path)
    {
        _disk.FlushDirectory(path);
        lock (_gate)
        {
            _named.UnionWith(Directory.GetFiles(path));
        }
    }

    /// <summary>What the files may be if the power went now.</summary>
    public Dictionary<string, byte[]> Freeze(string directory, Random random)
    {
        lock (_gate)
        {
            return Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
                .Where(path => _named.Contains(path) || random.Next(2) == 0)
                .ToDictionary(path => path, path => Left(_flushed.GetValueOrDefault(path, []), path, random));
        }
    }

    /// <summary>Puts such files in place of what there is; only while nobody has them open.</summary>
    public void Restore(string directory, Dictionary<string, byte[]> files)
    {
        foreach (var path in Directory.GetFiles(directory, "*", SearchOption.AllDirectories))
        {
            File.Delete(path);
        }

        foreach (var (path, bytes) in files)
        {
            File.WriteAllBytes(path, bytes);
            _flushed[path] = bytes;
            _named.Add(path);
        }
    }

    private static byte[] Left(byte[] kept, string path, Random random)
    {
        var bytes = File.ReadAllBytes(path);
        var length = random.Next(kept.Length, bytes.Length + 1);
        for (var page = kept.Length; page < length; page += PageSize)
        {
            if (random.Next(2) == 0)
            {
                bytes.AsSpan(page, Math.Min(PageSize, length - page)).Clear();
            }
        }

        return bytes[..length];
    }

    private SafeFileHandle Known(SafeFileHandle file, string path)
    {
        _paths.Add(file, path);
        return file;
    }
}
