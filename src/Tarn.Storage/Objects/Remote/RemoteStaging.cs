using System.Buffers;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// A body in a local file, checked, on its way to the service: what is sent can then be sent again, and nothing is sent
/// that its sender did not finish. Not synced: it is not durable before the service says so.
/// </summary>
/// <param name="Md5">Lower-case hex.</param>
internal sealed record RemoteStaging(string Path, long Size, string Md5)
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Writes the body to a new file; the file is gone again when this fails.</summary>
    public static async Task<RemoteStaging> WriteAsync(
        string path, ObjectKey key, Stream body, ObjectAttributes attributes, CancellationToken cancellation)
    {
        try
        {
            var file = OnDisk(() => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0));
            await using (file.ConfigureAwait(false))
            {
                return await ReadAsync(
                    path, key, body, attributes, block => OnDisk(() => Write(file, block)), cancellation)
                    .ConfigureAwait(false);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>A finished file.</summary>
    public static async Task<RemoteStaging> AdoptAsync(
        string path, ObjectKey key, ObjectAttributes attributes, CancellationToken cancellation)
    {
        var file = OnDisk(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0));
        await using (file.ConfigureAwait(false))
        {
            return await ReadAsync(path, key, file, attributes, _ => { }, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<RemoteStaging> ReadAsync(
        string path, ObjectKey key, Stream body, ObjectAttributes attributes, Action<ReadOnlyMemory<byte>> write,
        CancellationToken cancellation)
    {
        using var digests = new BodyDigests(key, attributes);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int count;
            while ((count = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                digests.Announce(count);
                digests.Append(buffer.AsSpan(0, count));
                write(buffer.AsMemory(0, count));
            }

            return new RemoteStaging(path, digests.Length, digests.Finish());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Write(FileStream file, ReadOnlyMemory<byte> block)
    {
        file.Write(block.Span);
        return true;
    }

    // The body's own exceptions pass as they are; those of our disk are told apart from them here.
    private static T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ObjectErrors.Disk("staging an object", failure);
        }
    }
}
