using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Copies bytes from file to file inside the kernel (copy_file_range; a file system that shares blocks does not even
/// read them). File.Copy would do so too, but takes paths, under which another version may lie by then. Where the
/// kernel has no such call for these files, through a buffer.
/// </summary>
internal static class KernelCopy
{
    private const int ChunkBytesMax = 32 * 1024 * 1024;
    private const int BufferBytes = 256 * 1024;

    /// <summary>Fails with IOException when the source ends early, and as the disk does.</summary>
    public static void Copy(
        SafeFileHandle source, SafeFileHandle target, long targetStart, long length, CancellationToken cancellation)
    {
        var done = OperatingSystem.IsLinux() ? CopyInKernel(source, target, targetStart, length, cancellation) : 0;
        if (done < length)
        {
            CopyBuffered(source, done, target, targetStart + done, length - done, cancellation);
        }
    }

    /// <summary>The bytes that the kernel copied before it had no more or declined.</summary>
    private static long CopyInKernel(
        SafeFileHandle source, SafeFileHandle target, long targetStart, long length, CancellationToken cancellation)
    {
        var from = 0L;
        var to = targetStart;
        while (from < length)
        {
            cancellation.ThrowIfCancellationRequested();
            if (CopyFileRange(source, ref from, target, ref to, (nint)Math.Min(length - from, ChunkBytesMax), 0) <= 0)
            {
                break;
            }

            FileSync.StartWriting(target, targetStart, to - targetStart);
        }

        return from;
    }

    private static void CopyBuffered(
        SafeFileHandle source, long from, SafeFileHandle target, long to, long length, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (length > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = RandomAccess.Read(source, buffer.AsSpan(0, (int)Math.Min(length, BufferBytes)), from);
                if (count == 0)
                    throw new EndOfStreamException("a file became shorter while it was copied");
                RandomAccess.Write(target, buffer.AsSpan(0, count), to);
                from += count;
                to += count;
                length -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [DllImport("libc", EntryPoint = "copy_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint CopyFileRange(
        SafeFileHandle source, ref long from, SafeFileHandle target, ref long to, nint length, uint flags);
}
