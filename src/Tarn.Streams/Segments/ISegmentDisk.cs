using Microsoft.Win32.SafeHandles;

namespace Tarn.Streams.Segments;

/// <summary>
/// What a log does with its disk; a seam for faults and counts. Failures: <see cref="IOException"/>,
/// UnauthorizedAccess.
/// </summary>
internal interface ISegmentDisk
{
    /// <summary>A new, empty file; it must not exist.</summary>
    SafeFileHandle Create(string path);

    SafeFileHandle Open(string path);

    long Length(SafeFileHandle file);

    /// <summary>Returns how many bytes were read, at least one before the end of the file.</summary>
    int Read(SafeFileHandle file, Span<byte> target, long offset);

    void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>Returns when all that was written to the file is on disk.</summary>
    void Flush(SafeFileHandle file);

    void Truncate(SafeFileHandle file, long length);

    /// <summary>Nothing happens when the file is not there.</summary>
    void Delete(string path);

    /// <summary>Returns when the names in the folder are on disk.</summary>
    void FlushDirectory(string path);

    /// <summary>Reads until the target is full or the file ends; returns the bytes read.</summary>
    int ReadFully(SafeFileHandle file, Span<byte> target, long offset)
    {
        var filled = 0;
        for (int read; filled < target.Length; filled += read)
        {
            read = Read(file, target[filled..], offset + filled);
            if (read == 0)
            {
                break;
            }
        }

        return filled;
    }
}
