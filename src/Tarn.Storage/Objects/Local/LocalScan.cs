using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Scanning;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// The files of a bucket against its rows, and then its rows against the files.
/// <code>
/// file without row   1 read for its MD5, synced, with the folders above it     stop: still no object
///                    2 in the key's turn: file unchanged, still no row, no unfinished delete of that name
///                    3 commit row (placed = 1)       &lt;-- it is an object
/// row                its file is compared by length; whatever is wrong is reported only
/// </code>
/// The row keeps the path as it was found, so a key may lie under any path that stands for it.
/// </summary>
internal sealed class LocalScan(
    StorageFolders folders, ObjectIndex index, Placement placement, VersionFiles versions, KeyLocks locks,
    IdSource ids, Action<PutStep> reached) : IObjectScan
{
    private const int PageEntries = 1000;

    private static readonly EnumerationOptions EveryEntry = new()
    {
        AttributesToSkip = FileAttributes.None, RecurseSubdirectories = false, IgnoreInaccessible = false,
    };

    public async Task<ScanSummary> ScanAsync(
        string bucket, Func<ScanFinding, Task> found, CancellationToken cancellation)
    {
        BucketName.Check(bucket);
        if (index.FindBucket(bucket) is null)
        {
            throw ObjectErrors.NoSuchBucket(bucket);
        }

        var counts = new Dictionary<ScanFindingKind, long>();
        foreach (var (path, isLink) in Files(Path.Combine(folders.Objects, bucket)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await LookAtAsync(bucket, path, isLink, cancellation).ConfigureAwait(false) is { } finding)
            {
                await ReportAsync(finding).ConfigureAwait(false);
            }
        }

        var objects = await CompareAsync(bucket, ReportAsync, cancellation).ConfigureAwait(false);
        return new ScanSummary(
            objects, Count(ScanFindingKind.Adopted), Count(ScanFindingKind.Left),
            Count(ScanFindingKind.FileMissing) + Count(ScanFindingKind.LengthDiffers));

        long Count(ScanFindingKind kind) => counts.GetValueOrDefault(kind);

        Task ReportAsync(ScanFinding finding)
        {
            counts[finding.Kind] = Count(finding.Kind) + 1;
            return found(finding);
        }
    }

    /// <summary>All files and links below the folder, links not followed; paths are relative to it.</summary>
    private static IEnumerable<(string Path, bool IsLink)> Files(string root)
    {
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (open.TryPop(out var folder))
        {
            foreach (var entry in Entries(folder))
            {
                if (entry is DirectoryInfo { LinkTarget: null } below)
                {
                    open.Push(below);
                    continue;
                }

                yield return (Path.GetRelativePath(root, entry.FullName), entry.LinkTarget is not null);
            }
        }
    }

    private static IEnumerable<FileSystemInfo> Entries(DirectoryInfo folder)
    {
        try
        {
            return folder.EnumerateFileSystemInfos("*", EveryEntry);
        }
        catch (DirectoryNotFoundException)
        {
            // Emptied and removed by a delete while the scan ran, or a bucket that never held an object.
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ObjectErrors.Disk($"scanning '{folder.FullName}'", failure);
        }
    }

    /// <summary>Null: an object's own file.</summary>
    private async Task<ScanFinding?> LookAtAsync(
        string bucket, string path, bool isLink, CancellationToken cancellation)
    {
        if (KeyPath.Decode(path) is not { } text)
        {
            return new ScanFinding(ScanFindingKind.Left, Key: null, path, "its name stands for no key");
        }

        var key = new ObjectKey(bucket, text);
        try
        {
            ObjectKeyRules.Check(key);
            return index.Find(key) is { } row
                ? AgainstRow(row, path)
                : isLink
                    ? Left(key, path, "it is a link")
                    : await AdoptAsync(key, path, cancellation).ConfigureAwait(false);
        }
        catch (TarnException refused) when (refused.Kind is ErrorKind.Invalid or ErrorKind.Unavailable)
        {
            return Left(key, path, refused.Detail ?? refused.Message);
        }
    }

    private static ScanFinding? AgainstRow(ObjectRow row, string path) => row.Path == path
        ? null
        : Left(row.Key, path, $"the object of that key lies at {row.Path}");

    private async Task<ScanFinding?> AdoptAsync(ObjectKey key, string path, CancellationToken cancellation)
    {
        var file = placement.FileOf(key, path);
        var before = StateOf(file);
        StagedFile read;
        try
        {
            read = await StagedFile.AdoptAsync(file, key, ObjectAttributes.None, cancellation).ConfigureAwait(false);
            SyncFolders(file);
            reached(PutStep.AdoptionRead);
        }
        catch (TarnException) when (StateOf(file) is not { } now || now != before)
        {
            // What a delete was about to remove; a put may have come since.
            return null;
        }

        using var turn = await locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        if (index.Find(key) is { } made)
        {
            return AgainstRow(made, path);
        }

        var after = StateOf(file);
        if (after is null || after != before)
        {
            return after is null ? null : Left(key, path, "it was changed while it was read");
        }

        var row = new NewObject(key, ids.Next(), read, ObjectAttributes.None).ToRow(path) with { IsPlaced = true };
        if (await index.AdoptAsync(row).ConfigureAwait(false) is not { } outcome)
        {
            return Left(key, path, "a delete of that name is not finished yet, scan again");
        }

        reached(PutStep.Adopted);
        if (outcome.Removed is { IsMarker: false } removed)
        {
            // The note that it is to be removed stays until the next start, which finds nothing more to do.
            Disk.Run(() => versions.Remove(key.Bucket, removed.Row.Id), "removing a version");
        }

        return new ScanFinding(ScanFindingKind.Adopted, key.Key, path, "");
    }

    private static (long Length, DateTime Written)? StateOf(string file) =>
        new FileInfo(file) is { Exists: true, LinkTarget: null } state ? (state.Length, state.LastWriteTimeUtc) : null;

    private void SyncFolders(string file) => Disk.Run(
        () =>
        {
            for (var folder = Path.GetDirectoryName(file)!; folder != folders.Objects;)
            {
                FileSync.TrySyncFolder(folder);
                folder = Path.GetDirectoryName(folder)!;
            }
        },
        "scanning");

    /// <summary>Every row against its file; the number of rows.</summary>
    private async Task<long> CompareAsync(
        string bucket, Func<ScanFinding, Task> report, CancellationToken cancellation)
    {
        var objects = 0L;
        string? after = null;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var page = index.List(bucket, new ObjectListing { After = after, EntriesMax = PageEntries });
            foreach (var info in page.Objects)
            {
                objects++;
                if (Fault(info.Key) is { } fault)
                {
                    await report(fault).ConfigureAwait(false);
                }
            }

            after = page.NextAfter;
        }
        while (after is not null);

        return objects;
    }

    private ScanFinding? Fault(ObjectKey key)
    {
        for (var row = index.Find(key); row is not null;)
        {
            var isStaged = !row.IsPlaced && File.Exists(Path.Combine(folders.Staging, row.StagedName));
            var length = isStaged ? row.Size : StateOf(placement.FileOf(key, row.Path))?.Length;
            var again = index.Find(key);
            if (again?.Id == row.Id)
            {
                return length is null
                    ? new ScanFinding(ScanFindingKind.FileMissing, key.Key, row.Path, "the file is missing")
                    : length == row.Size
                        ? null
                        : new ScanFinding(
                            ScanFindingKind.LengthDiffers, key.Key, row.Path,
                            $"the file has {length} bytes, the object {row.Size}");
            }

            row = again;
        }

        return null;
    }

    private static ScanFinding Left(ObjectKey key, string path, string detail) =>
        new(ScanFindingKind.Left, key.Key, path, detail);
}
