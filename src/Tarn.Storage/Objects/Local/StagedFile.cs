using System.Buffers;
using System.Security.Cryptography;

namespace Tarn.Storage.Objects.Local;

/// <summary>A file in staging/, or of a part in uploads/, whose bytes are all there, checked and synced.</summary>
/// <param name="ETag">Lower-case hex MD5; of an upload in parts what <see cref="ObjectInfo.ETag"/> says.</param>
/// <param name="Checksum">As its sender stated it, or null.</param>
internal sealed record StagedFile(string Path, long Size, string ETag, ObjectChecksum? Checksum)
{
    private const int BufferBytes = 256 * 1024;
    private const int WriteOutBytes = 8 * 1024 * 1024;
    private const string Doing = "writing an object";

    /// <summary>
    /// Streams the body into a new file. When the body throws, has another length or digest than announced, or the
    /// disk fails, the file is removed and the failure thrown.
    /// </summary>
    public static async Task<StagedFile> WriteAsync(
        string path, ObjectKey key, Stream body, ObjectAttributes attributes, CancellationToken cancellation)
    {
        try
        {
            using var digests = new BodyDigests(key, attributes);
            await CopyAsync(path, body, digests, cancellation).ConfigureAwait(false);
            return new StagedFile(path, digests.Length, digests.Finish(), attributes.Checksum?.Invoke());
        }
        catch
        {
            // A part's folder may have gone with its upload.
            if (File.Exists(path))
            {
                File.Delete(path);
            }

            throw;
        }
    }

    /// <summary>Reads a finished file for its digests and syncs it.</summary>
    public static async Task<StagedFile> AdoptAsync(
        string path, ObjectKey key, ObjectAttributes attributes, CancellationToken cancellation)
    {
        using var digests = new BodyDigests(key, attributes);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // Opened for writing too, a pipe does not wait for its other end; asked for its length, it is refused.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            _ = RandomAccess.GetLength(file);
            int count;
            while ((count = await RandomAccess
                .ReadAsync(file, buffer, digests.Length, cancellation).ConfigureAwait(false)) > 0)
            {
                digests.Announce(count);
                digests.Append(buffer.AsSpan(0, count));
            }

            var md5 = digests.Finish();
            RandomAccess.FlushToDisk(file);
            return new StagedFile(path, digests.Length, md5, attributes.Checksum?.Invoke());
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ObjectErrors.Disk($"taking over '{System.IO.Path.GetFileName(path)}'", failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Two buffers: while one is hashed on another thread, the next is read and written, and the disk already takes
    /// what was written before.
    /// <code>
    /// this thread     read A, write A | read B, write B | read A, write A | ...    fsync
    /// another                         | hash A          | hash B          | hash A
    /// </code>
    /// A body that fits into one buffer is hashed in place.
    /// </summary>
    private static async Task CopyAsync(string path, Stream body, BodyDigests digests, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var other = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var hashing = Task.CompletedTask;
        try
        {
            using var file = Disk.Run(() => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write), Doing);
            var started = 0L;
            int count;
            do
            {
                count = await body
                    .ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, false, cancellation)
                    .ConfigureAwait(false);
                var offset = digests.Length;
                digests.Announce(count);
                var chunk = buffer.AsMemory(0, count);
                Disk.Run(() => RandomAccess.Write(file, chunk.Span, offset), Doing);
                if (digests.Length - started >= WriteOutBytes)
                {
                    FileSync.StartWriting(file, started, digests.Length - started);
                    started = digests.Length;
                }

                await hashing.ConfigureAwait(false);
                hashing = HashAsync(digests, chunk, isWhole: digests.Length < BufferBytes);
                (buffer, other) = (other, buffer);
            }
            while (count == BufferBytes);

            digests.CheckLength();
            await Disk
                .RunAsync(() => DiskThreads.Shared.RunAsync(() => RandomAccess.FlushToDisk(file)), Doing)
                .ConfigureAwait(false);
        }
        finally
        {
            await hashing.ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<byte>.Shared.Return(other);
        }
    }

    private static Task HashAsync(BodyDigests digests, ReadOnlyMemory<byte> chunk, bool isWhole)
    {
        if (!isWhole)
        {
            return Task.Run(() => digests.Append(chunk.Span));
        }

        digests.Append(chunk.Span);
        return Task.CompletedTask;
    }
}
