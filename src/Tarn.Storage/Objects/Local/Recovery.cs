using Microsoft.Extensions.Logging;
using Tarn.Storage.Objects.Local.Versions;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// At start, before anybody reads: makes the files agree with the index after a stop at any point.
/// <code>
/// 1. files of deleted objects that are still there        -> removed
/// 2. rows whose bytes may still be in staging/: file there -> moved to its path (the put had been committed)
///                                               file gone  -> had been moved already; its size is checked
/// 3. the same for the files of earlier versions in versions/
/// 4. all else in staging/ was never acknowledged           -> removed
/// 5. folders synced, rows settled
/// </code>
/// Costs what was open at the stop, not what is stored.
/// </summary>
internal sealed partial class Recovery(
    StorageFolders folders, ObjectIndex index, Placement placement, VersionFiles versions, ILogger log)
{
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        var settlements = index.ListRemovals();
        foreach (var (key, path, _, _) in settlements)
        {
            placement.Remove(key, path);
        }

        foreach (var gone in index.ListVersionRemovals())
        {
            versions.Remove(gone.Key.Bucket, gone.Id);
            settlements.Add(gone);
        }

        var removals = settlements.Count;
        foreach (var row in index.ListUnplaced())
        {
            var file = placement.FileOf(row.Key, row.Path);
            if (TryPlace(row, file, staged => placement.Place(row.Key, row.Path, staged)))
            {
                settlements.Add(new Settlement(row.Key, row.Path, row.Id, SettlementKind.Placed));
            }
        }

        foreach (var row in index.ListUnplacedVersions())
        {
            var file = versions.FileOf(row.Key.Bucket, row.Id);
            if (TryPlace(row, file, _ => versions.Keep(row.Key.Bucket, row.Id)))
            {
                settlements.Add(Settlement.OfVersion(row.Key, row.Id, SettlementKind.VersionPlaced));
            }
        }

        EmptyStaging();
        if (settlements.Count > 0)
        {
            await Settler.SettleAsync(folders, index, settlements).ConfigureAwait(false);
            LogRecovered(log, settlements.Count - removals, removals);
        }
    }

    private bool TryPlace(ObjectRow row, string path, Action<string> move)
    {
        var staged = Path.Combine(folders.Staging, row.StagedName);
        if (File.Exists(staged))
        {
            return TryMove(row, path, staged, move);
        }

        var file = new FileInfo(path);
        if (file.Exists && file.Length == row.Size)
        {
            return true;
        }

        LogDamaged(log, row.Key, file.FullName, file.Exists ? file.Length : -1, row.Size);
        return false;
    }

    /// <summary>
    /// A name that cannot be given now is no reason not to start: readers find the bytes in staging/.
    /// </summary>
    private bool TryMove(ObjectRow row, string path, string staged, Action<string> move)
    {
        try
        {
            move(staged);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _kept.Add(staged);
            LogNotPlaced(log, row.Key, path, failure);
            return false;
        }
    }

    private void EmptyStaging()
    {
        foreach (var file in Directory.EnumerateFiles(folders.Staging).Where(file => !_kept.Contains(file)))
        {
            File.Delete(file);
        }

        foreach (var folder in Directory.EnumerateDirectories(folders.Staging))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [LoggerMessage(2002, LogLevel.Information,
        "object store recovered: {Placed} puts completed, {Removed} deletes completed")]
    private static partial void LogRecovered(ILogger log, int placed, int removed);

    [LoggerMessage(2006, LogLevel.Warning,
        "object {Key} still cannot be named {Path}; its bytes stay in staging until the next start")]
    private static partial void LogNotPlaced(ILogger log, ObjectKey key, string path, Exception failure);

    [LoggerMessage(2003, LogLevel.Error,
        "object {Key} is damaged: {File} has {Found} bytes (-1: missing), the index says {Expected}")]
    private static partial void LogDamaged(ILogger log, ObjectKey key, string file, long found, long expected);
}
