namespace Tarn.Storage.Objects.Local.Uploads;

/// <summary>
/// The files of uploads under way: uploads/UPLOADID/NUMBER-ID, one per part. A part whose upload goes away while it is
/// written leaves the last clearing to whichever of the two ends later.
/// </summary>
internal sealed class UploadFolders(string root)
{
    public string FolderOf(Guid upload) => Path.Combine(root, upload.ToString("N"));

    public string FileOf(Guid upload, PartRow part) => Path.Combine(FolderOf(upload), part.FileName);

    /// <summary>Makes the folder, and its name durable.</summary>
    public void Create(Guid upload)
    {
        Directory.CreateDirectory(FolderOf(upload));
        FileSync.TrySyncFolder(root);
    }

    /// <summary>Makes the names in the folder durable; nothing to do when the upload has gone.</summary>
    public void Sync(Guid upload) => FileSync.TrySyncFolder(FolderOf(upload));

    public void Remove(Guid upload)
    {
        if (Directory.Exists(FolderOf(upload)))
        {
            Directory.Delete(FolderOf(upload), recursive: true);
        }
    }

    /// <summary>
    /// Removes all that no upload or part owns, and makes the folders that uploads lack; called before anybody
    /// writes.
    /// </summary>
    public void Keep(IReadOnlyDictionary<Guid, HashSet<string>> files)
    {
        var expected = files.ToDictionary(upload => FolderOf(upload.Key), upload => upload.Value);
        foreach (var entry in Directory.EnumerateFileSystemEntries(root))
        {
            if (!expected.TryGetValue(entry, out var parts))
            {
                Discard(entry);
                continue;
            }

            foreach (var file in Directory.EnumerateFileSystemEntries(entry))
            {
                if (!parts.Contains(Path.GetFileName(file)))
                {
                    Discard(file);
                }
            }
        }

        foreach (var upload in files.Keys.Where(upload => !Directory.Exists(FolderOf(upload))))
        {
            Create(upload);
        }
    }

    private static void Discard(string entry)
    {
        if (Directory.Exists(entry) && new FileInfo(entry).LinkTarget is null)
        {
            Directory.Delete(entry, recursive: true);
        }
        else
        {
            File.Delete(entry);
        }
    }
}
