namespace Tarn.Storage.Objects.Local;

/// <summary>
/// The folders under objects/: decides which name a new object's file gets, moves files there and removes them. One
/// lock makes the choice and the folders it needs one step, so a name that was chosen stays free until it is used. No
/// fsync happens in here.
/// </summary>
internal sealed class Placement(string objectsFolder)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _claims = new(StringComparer.Ordinal);

    /// <summary>Absolute path of an object's file.</summary>
    public string FileOf(ObjectKey key, string path) => Path.Combine(objectsFolder, key.Bucket, path);

    /// <summary>
    /// Chooses and reserves a path for the key; <paramref name="current"/> is the one it has already, or null.
    /// </summary>
    public string Claim(ObjectKey key, string? current)
    {
        lock (_lock)
        {
            var path = current ?? KeyPath.Choose(key.Key, IsObject, IsFolder);
            var file = FileOf(key, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            _claims.Add(file);
            return path;
        }

        // A link is never followed on the way down: it could lead out of the bucket's folder.
        bool IsObject(string path) =>
            FileOf(key, path) is var file && (_claims.Contains(file) || File.Exists(file) || IsLink(file));
        bool IsFolder(string path) =>
            FileOf(key, path) is var folder && Directory.Exists(folder) && !IsLink(folder);
    }

    /// <summary>Gives up a claim whose object was not committed.</summary>
    public void Release(ObjectKey key, string path)
    {
        lock (_lock)
        {
            var file = FileOf(key, path);
            _claims.Remove(file);
            Prune(Path.GetDirectoryName(file)!);
        }
    }

    /// <summary>
    /// Moves a staged file to its path, over what is there, and ends the claim. When that fails, the claim stays.
    /// </summary>
    public void Place(ObjectKey key, string path, string stagedFile)
    {
        lock (_lock)
        {
            var file = FileOf(key, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Move(stagedFile, file, overwrite: true);
            _claims.Remove(file);
        }
    }

    /// <summary>Removes an object's file, if it is there, and the folders that it leaves empty.</summary>
    public void Remove(ObjectKey key, string path)
    {
        lock (_lock)
        {
            var file = FileOf(key, path);
            var folder = Path.GetDirectoryName(file)!;
            _claims.Remove(file);
            if (Directory.Exists(folder))
            {
                // A folder there means that the file is gone and its name serves other keys already.
                if (!Directory.Exists(file) || IsLink(file))
                {
                    File.Delete(file);
                }

                Prune(folder);
            }
        }
    }

    public void CreateBucketFolder(string bucket)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(Path.Combine(objectsFolder, bucket));
        }
    }

    /// <summary>Removes a bucket's folder unless files lie in it that are not ours.</summary>
    public void RemoveBucketFolder(string bucket)
    {
        lock (_lock)
        {
            var folder = Path.Combine(objectsFolder, bucket);
            if (IsPrunable(folder))
            {
                Directory.Delete(folder);
            }
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>Removes empty folders upwards; a bucket's own folder stays.</summary>
    private void Prune(string folder)
    {
        while (Path.GetDirectoryName(folder) != objectsFolder && IsPrunable(folder))
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    private bool IsPrunable(string folder) => Directory.Exists(folder)
        && !Directory.EnumerateFileSystemEntries(folder).Any()
        && !_claims.Any(claim => claim.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
