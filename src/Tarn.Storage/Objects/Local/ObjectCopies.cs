using Microsoft.Win32.SafeHandles;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Copies from an open file to another key, in the kernel. The same steps as a put, but for where the bytes come from.
/// </summary>
internal sealed class ObjectCopies(ObjectReader reader, Publisher publisher, IdSource ids)
{
    /// <summary>Owns the file.</summary>
    public async Task<ObjectInfo> CopyAsync(
        ObjectRow row, SafeFileHandle file, Action<ObjectInfo> sourceIs, ObjectKey target,
        ObjectAttributes? attributes, CancellationToken cancellation)
    {
        using (file)
        {
            reader.CheckLength(row, file);
            var info = row.ToInfo();
            sourceIs(info);
            var id = ids.Next();
            var staged = await CopyToStagingAsync(info, file, publisher.StagedPath(id), cancellation)
                .ConfigureAwait(false);
            var copy = new NewObject(target, id, staged, attributes ?? info.Attributes)
            {
                Event = ObjectEvent.CreatedCopy,
            };
            return await publisher.PublishAsync(copy, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The bytes in a file of their own. Those of an object in one piece are known by their MD5 already; those that
    /// arrived in parts are read once for it.
    /// </summary>
    private static async Task<StagedFile> CopyToStagingAsync(
        ObjectInfo source, SafeFileHandle file, string path, CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => Disk.Run(() => CopyAndSync(), $"copying {source.Key}"), cancellation)
                .ConfigureAwait(false);
            var checksum = source.Checksum is { IsComposite: false } ? source.Checksum : null;
            return source.ETag.Contains('-', StringComparison.Ordinal)
                ? await StagedFile
                    .AdoptAsync(path, source.Key, new() { Checksum = () => checksum }, cancellation)
                    .ConfigureAwait(false)
                : new StagedFile(path, source.Size, source.ETag, checksum);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        void CopyAndSync()
        {
            using var copy = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            KernelCopy.Copy(file, copy, targetStart: 0, source.Size, cancellation);
            RandomAccess.FlushToDisk(copy);
        }
    }
}
