using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Steps 2 and 3 of every put, copy and completed upload (see <see cref="LocalObjectStore"/>): takes the key's turn,
/// checks the condition, commits the row, gives the file its name. A failure before the commit removes the staged
/// file; after it the object stands.
/// </summary>
internal sealed partial class Publisher(
    StorageFolders folders, ObjectIndex index, Placement placement, VersionFiles versions, Settler settler,
    KeyLocks locks, ILogger log, Action<PutStep> reached)
{
    private readonly SharedFolderSync _staging = new(folders.Staging, DiskThreads.Shared);

    /// <summary>The bytes of a row that is not placed.</summary>
    public string StagedPath(Guid id) => versions.StagedPath(id);

    public async Task<ObjectInfo> PublishAsync(NewObject made, CancellationToken cancellation)
    {
        IDisposable turn;
        try
        {
            await Disk.RunAsync(_staging.SyncAsync, "writing an object").ConfigureAwait(false);
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
        while (true)
        {
            var (versioning, replaced, path) = Prepare(made);
            var isLinked = Link(made, path, versioning, replaced);
            PutOutcome? outcome;
            try
            {
                outcome = await index.PutAsync(made.ToRow(path), made.Upload, versioning, made.Event)
                    .ConfigureAwait(false);
            }
            catch (TarnException refused) when (refused.Kind == ErrorKind.NotFound)
            {
                // The bucket or the upload went away. After any other failure the row may yet be on disk, so the next
                // start decides about the file.
                File.Delete(made.Staged.Path);
                Unlink(isLinked, replaced);
                placement.Release(made.Key, path);
                throw;
            }

            if (outcome is null)
            {
                // Versioning of the bucket was changed meanwhile.
                Unlink(isLinked, replaced);
                continue;
            }

            reached(PutStep.Committed);
            await PlaceAsync(outcome, replaced).ConfigureAwait(false);
            return outcome.Made.ToInfo();
        }
    }

    private (BucketVersioning Versioning, ObjectRow? Replaced, string Path) Prepare(NewObject made)
    {
        try
        {
            var versioning = index.FindVersioning(made.Key.Bucket);
            var replaced = index.Find(made.Key);
            made.Attributes.Condition?.Check(made.Key, replaced?.ETag);
            var path = Disk.Run(
                () => placement.Claim(made.Key, replaced?.Path), $"making room for {made.Key}");
            return (versioning, replaced, path);
        }
        catch
        {
            File.Delete(made.Staged.Path);
            throw;
        }
    }

    /// <summary>The second name of a file that is to be an earlier version; true when it was made here.</summary>
    private bool Link(NewObject made, string path, BucketVersioning versioning, ObjectRow? replaced)
    {
        if (!VersionRules.Keeps(versioning, replaced))
        {
            return false;
        }

        try
        {
            var isLinked = versions.Stage(placement.FileOf(made.Key, replaced.Path), replaced.Id);
            reached(PutStep.VersionLinked);
            return isLinked;
        }
        catch
        {
            File.Delete(made.Staged.Path);
            placement.Release(made.Key, path);
            throw;
        }
    }

    private void Unlink(bool isLinked, ObjectRow? replaced)
    {
        if (isLinked)
        {
            File.Delete(StagedPath(replaced!.Id));
        }
    }

    /// <summary>
    /// The put is committed: whatever happens here, it stands, and readers find the bytes in staging/ until they are
    /// moved.
    /// </summary>
    private async Task PlaceAsync(PutOutcome outcome, ObjectRow? replaced)
    {
        var (row, archived, removed) = outcome;
        try
        {
            if (archived is not null)
            {
                versions.Keep(row.Key.Bucket, archived.Id);
                reached(PutStep.VersionPlaced);
            }

            placement.Place(row.Key, row.Path, StagedPath(row.Id));
            if (archived is null && replaced is { IsPlaced: false })
            {
                File.Delete(StagedPath(replaced.Id));
            }

            if (removed is { IsMarker: false })
            {
                versions.Remove(row.Key.Bucket, removed.Row.Id);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotPlaced(log, row.Key, row.Path, failure);
            return;
        }

        reached(PutStep.Placed);
        await settler.AddAsync(new Settlement(row.Key, row.Path, row.Id, SettlementKind.Placed)).ConfigureAwait(false);
        await settler.AddVersionsAsync(row.Key, archived, removed).ConfigureAwait(false);
    }

    [LoggerMessage(2004, LogLevel.Warning,
        "object {Key} is stored but its file could not be named {Path}; tried again at the next start")]
    private static partial void LogNotPlaced(ILogger log, ObjectKey key, string path, Exception failure);
}
