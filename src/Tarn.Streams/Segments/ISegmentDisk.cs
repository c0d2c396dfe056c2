using Microsoft.Win32.SafeHandles;

namespace Tarn.Streams.Segments;

/// <summary>
/// The changes a log makes to its disk; a seam for faults. Failures: <see cref="IOException"/>, UnauthorizedAccess.
/// </summary>
internal interface ISegmentDisk
{
    /// <summary>A new, empty file; it must not exist.</summary>
    SafeFileHandle Create(string path);

    SafeFileHandle Open(string path);

    void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>Returns when all that was written to the file is on disk.</summary>
    void Flush(SafeFileHandle file);

    void Truncate(SafeFileHandle file, long length);

    void Delete(string path);

    /// <summary>Returns when the names in the folder are on disk.</summary>
    void FlushDirectory(string path);
}
