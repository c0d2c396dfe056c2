using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Steps 2 and 3 of every put, copy and completed upload (see <see cref="LocalObjectStore"/>): takes the key's turn,
/// checks the condition, commits the row, gives the file its name. A failure before the commit removes the staged
/// file; after it the object stands.
/// </summary>
internal sealed partial class Publisher(
    StorageFolders folders, ObjectIndex index, Placement placement, Settler settler, KeyLocks locks, ILogger log,
    Action<PutStep> reached)
{
    /// <summary>The bytes of a row that is not placed.</summary>
    public string StagedPath(Guid id) => Path.Combine(folders.Staging, id.ToString("N"));

    public async Task<ObjectInfo> PublishAsync(NewObject made, CancellationToken cancellation)
    {
        IDisposable turn;
        try
        {
            Disk.Run(() => FileSync.TrySyncFolder(folders.Staging), "writing an object");
            reached(PutStep.Staged);
            turn = await locks.EnterAsync(made.Key, cancellation).ConfigureAwait(false);
        }
        catch
        {
            File.Delete(made.Staged.Path);
            throw;
        }

        using (turn)
        {
            return await PublishInTurnAsync(made).ConfigureAwait(false);
        }
    }

    private async Task<ObjectInfo> PublishInTurnAsync(NewObject made)
    {
        ObjectRow? replaced;
        string path;
        try
        {
            replaced = index.Find(made.Key);
            made.Attributes.Condition?.Check(made.Key, replaced?.ETag);
            path = Disk.Run(() => placement.Claim(made.Key, replaced?.Path), $"making room for {made.Key}");
        }
        catch
        {
            File.Delete(made.Staged.Path);
            throw;
        }

        ObjectRow row;
        try
        {
            row = await index.PutAsync(made.ToRow(path), made.Upload, made.Event).ConfigureAwait(false);
        }
        catch (TarnException refused) when (refused.Kind == ErrorKind.NotFound)
        {
            // The bucket or the upload went away. After any other failure the row may yet be on disk, so the next
            // start decides about the file.
            File.Delete(made.Staged.Path);
            placement.Release(made.Key, path);
            throw;
        }

        reached(PutStep.Committed);
        await PlaceAsync(row, replaced).ConfigureAwait(false);
        return row.ToInfo();
    }

    /// <summary>
    /// The put is committed: whatever happens here, it stands, and readers find the bytes in staging/ until they are
    /// moved.
    /// </summary>
    private async Task PlaceAsync(ObjectRow row, ObjectRow? replaced)
    {
        try
        {
            placement.Place(row.Key, row.Path, StagedPath(row.Id));
            if (replaced is { IsPlaced: false })
            {
                File.Delete(StagedPath(replaced.Id));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotPlaced(log, row.Key, row.Path, failure);
            return;
        }

        reached(PutStep.Placed);
        await settler.AddAsync(new Settlement(row.Key, row.Path, row.Id, IsRemoval: false)).ConfigureAwait(false);
    }

    [LoggerMessage(2004, LogLevel.Warning,
        "object {Key} is stored but its file could not be named {Path}; tried again at the next start")]
    private static partial void LogNotPlaced(ILogger log, ObjectKey key, string path, Exception failure);
}
