using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Storage.Objects.Local.Uploads;

internal sealed partial class LocalUploads
{
    public async Task<ObjectInfo> CompleteAsync(
        ObjectKey key, string uploadId, IReadOnlyList<CompletedPart> parts, string? checksum, PutCondition? condition,
        CancellationToken cancellation)
    {
        using var turn = await EnterAsync(uploadId, cancellation).ConfigureAwait(false);
        if (Find(key, uploadId) is not { } row)
        {
            return FindCompleted(key, uploadId, parts) ?? throw UploadErrors.NoSuchUpload(key, uploadId);
        }

        var upload = row.ToUpload();
        var chosen = PartChoice.Choose(parts, uploads.ListParts(row.Id, 0, PartNumberMax), partBytesMin);
        var objectChecksum = PartChoice.Checksum(key, upload.Checksum, chosen, checksum);
        condition?.Check(key, objects.Find(key)?.ETag);

        var id = ids.Next();
        var path = publisher.StagedPath(id);
        var size = await Task
            .Run(() => Disk.Run(() => Join(key, row.Id, chosen, path, cancellation), "joining parts"), cancellation)
            .ConfigureAwait(false);
        var staged = new StagedFile(
            path, size, PartChoice.ETag([.. chosen.Select(part => part.ETag)]), objectChecksum);
        var made = new NewObject(key, id, staged, upload.Attributes with { Condition = condition })
        {
            Upload = row.Id,
            Event = ObjectEvent.CreatedComplete,
            Parts = StoredParts.Write(
                row.Id, chosen.Select(part => new ObjectPart(part.Number, part.Size, part.Checksum))),
        };
        var info = await publisher.PublishAsync(made, cancellation).ConfigureAwait(false);
        RemoveFolder(row.Id);
        reached(PutStep.PartsRemoved);
        return info;
    }

    /// <summary>The object, if it is the one that this upload became of these parts.</summary>
    private ObjectInfo? FindCompleted(ObjectKey key, string uploadId, IReadOnlyList<CompletedPart> parts)
    {
        var row = objects.Find(key);
        return row?.Parts is { } json && StoredParts.Read(json).Upload == uploadId
            && parts.All(part => part.ETag.Length == 32 && part.ETag.All(char.IsAsciiHexDigit))
            && row.ETag == PartChoice.ETag([.. parts.Select(part => part.ETag)])
                ? row.ToInfo()
                : null;
    }

    /// <summary>Writes the parts one behind the other into a new file and syncs it; its size.</summary>
    private long Join(
        ObjectKey key, Guid upload, List<PartRow> parts, string path, CancellationToken cancellation)
    {
        try
        {
            using var target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            var size = 0L;
            foreach (var part in parts)
            {
                using var source = Open(key, upload, part);
                KernelCopy.Copy(source, target, size, part.Size, cancellation);
                size += part.Size;
            }

            RandomAccess.FlushToDisk(target);
            return size;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private SafeFileHandle Open(ObjectKey key, Guid upload, PartRow part)
    {
        var path = folders.FileOf(upload, part);
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            // A part that was put again since its row was read has another file; one that was not is damaged.
            throw uploads.ListParts(upload, part.Number - 1, 1).Contains(part)
                ? ObjectErrors.Damaged(key, path, "the file of a part is missing")
                : UploadErrors.InvalidPart(part.Number, "it was replaced meanwhile");
        }

        var found = RandomAccess.GetLength(file);
        if (found == part.Size)
        {
            return file;
        }

        file.Dispose();
        throw ObjectErrors.Damaged(
            key, path, string.Create(CultureInfo.InvariantCulture, $"{found} bytes, the index says {part.Size}"));
    }
}
