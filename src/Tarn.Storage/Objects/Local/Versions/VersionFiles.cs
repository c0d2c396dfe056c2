using Microsoft.Win32.SafeHandles;

namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>
/// The files of earlier versions, each under its row's id, and their way there and back. A file's name is never used
/// for other bytes.
/// <code>
/// objects/BUCKET/KEY --link--> staging/ID --rename--> versions/BUCKET/ID         replaced or deleted
/// versions/BUCKET/ID --link--> staging/NEWID --rename--> objects/BUCKET/KEY      current again
/// </code>
/// The link is made and synced before the commit, the rename follows it: whichever way a stop decides, the bytes of
/// each row are under its path or in staging/.
/// </summary>
internal sealed class VersionFiles(StorageFolders folders)
{
    public string StagedPath(Guid id) => Path.Combine(folders.Staging, id.ToString("N"));

    public string FolderOf(string bucket) => Path.Combine(folders.Versions, bucket);

    public string FileOf(string bucket, Guid id) => Path.Combine(FolderOf(bucket), id.ToString("N"));

    /// <summary>
    /// Gives the file a name in staging/ too, synced; a file that is missing stays so, and who reads the version is
    /// told. True when a name was made.
    /// </summary>
    public bool Stage(string file, Guid id)
    {
        if (File.Exists(StagedPath(id)))
        {
            return false;
        }

        return Disk.Run(
            () => FileLink.TryMake(file, StagedPath(id)) && FileSync.TrySyncFolder(folders.Staging),
            "keeping a version");
    }

    /// <summary>Moves bytes from staging/ to where a version's are. Fails with IOException.</summary>
    public void Keep(string bucket, Guid id)
    {
        if (File.Exists(StagedPath(id)))
        {
            Directory.CreateDirectory(FolderOf(bucket));
            File.Move(StagedPath(id), FileOf(bucket, id), overwrite: true);
        }
    }

    /// <summary>Removes a version's bytes wherever they are. Fails with IOException.</summary>
    public void Remove(string bucket, Guid id)
    {
        File.Delete(StagedPath(id));
        if (Directory.Exists(FolderOf(bucket)))
        {
            File.Delete(FileOf(bucket, id));
        }
    }

    /// <summary>The bytes of an archived version, or null when they are nowhere.</summary>
    public SafeFileHandle? TryOpen(ObjectRow row)
    {
        // They may move from the second name to the first between two looks.
        var file = FileOf(row.Key.Bucket, row.Id);
        return ObjectFile.TryOpen(file) ?? ObjectFile.TryOpen(StagedPath(row.Id)) ?? ObjectFile.TryOpen(file);
    }

    /// <summary>Removes a bucket's folder unless a file is still in it.</summary>
    public void RemoveFolder(string bucket)
    {
        var folder = FolderOf(bucket);
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
