using Microsoft.Win32.SafeHandles;

namespace Tarn.Streams.Segments;

/// <summary>The local file system.</summary>
internal sealed class LocalSegmentDisk : ISegmentDisk
{
    public SafeFileHandle Create(string path) => Open(path, FileMode.CreateNew);

    public SafeFileHandle Open(string path) => Open(path, FileMode.Open);

    public long Length(SafeFileHandle file) => RandomAccess.GetLength(file);

    public int Read(SafeFileHandle file, Span<byte> target, long offset) => RandomAccess.Read(file, target, offset);

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
    {
        if (buffers.Count == 1)
        {
            RandomAccess.Write(file, buffers[0].Span, offset);
        }
        else
        {
            RandomAccess.Write(file, buffers, offset);
        }
    }

    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public void Truncate(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    public void Delete(string path) => File.Delete(path);

    public void FlushDirectory(string path) => DirectoryDescriptor.Flush(path);

    private static SafeFileHandle Open(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
