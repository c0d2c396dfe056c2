using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Deletes objects and single versions, in the key's turn.
/// <code>
/// delete    1 where it is kept: link to staging/, synced                     stop: removed at start, nothing happened
///           2 commit: row gone or archived, marker made                      &lt;-- it is deleted; start does 3 and 4
///           3 staging/ID -> versions/BUCKET/ID, the path's file removed      acknowledge
///           4 later: fsync of the folders, commit
/// version   1 if the one below becomes current: link to staging/NEWID        stop: removed at start, nothing happened
///           2 commit: row gone, the one below moved                          &lt;-- it is gone; start does 3 and 4
///           3 staging/NEWID -> objects/BUCKET/KEY, the other files removed   acknowledge
///           4 later: fsync of the folders, commit
/// </code>
/// A failure after the commit is logged; the next start goes on.
/// </summary>
internal sealed partial class Deleter(
    ObjectIndex index, Placement placement, VersionFiles versions, Settler settler, KeyLocks locks, IdSource ids,
    ILogger log, Action<PutStep> reached) : IExpiry
{
    private static readonly ObjectDeletion Nothing = new(IsFound: false, VersionId: null, IsMarker: false);

    /// <param name="marksAbsent">A marker is made even when there is no object, if the bucket makes any.</param>
    public Task<ObjectDeletion> DeleteAsync(ObjectKey key, bool marksAbsent, CancellationToken cancellation) =>
        DeleteAsync(key, marksAbsent, isDue: _ => true, isExpiry: false, cancellation);

    public Task<ObjectDeletion> DeleteVersionAsync(
        ObjectKey key, string versionId, CancellationToken cancellation) =>
        DeleteVersionAsync(key, versionId, isDue: (_, _) => true, isExpiry: false, cancellation);

    public async Task<bool> ExpireAsync(
        ObjectKey key, Func<ObjectInfo, bool> isDue, CancellationToken cancellation)
    {
        var deletion = await DeleteAsync(key, marksAbsent: false, isDue, isExpiry: true, cancellation)
            .ConfigureAwait(false);
        return deletion.IsFound;
    }

    public async Task<bool> ExpireVersionAsync(
        ObjectKey key, string versionId, Func<ObjectVersion, bool, bool> isDue, CancellationToken cancellation)
    {
        var deletion = await DeleteVersionAsync(key, versionId, isDue, isExpiry: true, cancellation)
            .ConfigureAwait(false);
        return deletion.IsFound;
    }

    private async Task<ObjectDeletion> DeleteAsync(
        ObjectKey key, bool marksAbsent, Func<ObjectInfo, bool> isDue, bool isExpiry, CancellationToken cancellation)
    {
        using var turn = await locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        while (true)
        {
            var versioning = index.FindVersioning(key.Bucket);
            var current = index.Find(key);
            if (current is null
                ? versioning == BucketVersioning.Unversioned || !marksAbsent
                : !isDue(current.ToInfo()))
            {
                return Nothing;
            }

            var isLinked = false;
            if (VersionRules.Keeps(versioning, current))
            {
                isLinked = versions.Stage(placement.FileOf(key, current.Path), current.Id);
                reached(PutStep.VersionLinked);
            }

            if (await index.DeleteAsync(key, versioning, ids.Next(), isExpiry).ConfigureAwait(false) is { } outcome)
            {
                reached(PutStep.DeleteCommitted);
                await FollowAsync(key, outcome, restored: null).ConfigureAwait(false);
                return new ObjectDeletion(current is not null, outcome.MarkerId, outcome.MarkerId is not null);
            }

            // Versioning of the bucket was changed meanwhile.
            if (isLinked)
            {
                File.Delete(versions.StagedPath(current!.Id));
            }
        }
    }

    private async Task<ObjectDeletion> DeleteVersionAsync(
        ObjectKey key, string versionId, Func<ObjectVersion, bool, bool> isDue, bool isExpiry,
        CancellationToken cancellation)
    {
        using var turn = await locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        if (index.FindVersion(key, versionId) is not { } version)
        {
            return Nothing with { VersionId = versionId };
        }

        var newest = index.ListNewest(key, 2);
        if (!isDue(version.ToVersion(newest[0].Rank == version.Rank), newest.Count == 1))
        {
            return Nothing with { VersionId = versionId };
        }

        var restored = newest.Count == 2 && newest[0].Rank == version.Rank && !newest[1].IsMarker ? newest[1] : null;
        var id = ids.Next();
        var path = version.Row.Path;
        if (restored is not null)
        {
            path = Disk.Run(
                () => placement.Claim(key, version.IsCurrent ? path : null), $"making room for {key}");
            Link(restored.Row, id, path);
        }

        var outcome = await index.DeleteVersionAsync(version, restored, path, id, isExpiry).ConfigureAwait(false);
        reached(PutStep.VersionDeleteCommitted);
        await FollowAsync(
            key, outcome, restored is null ? null : (restored.Row with { Id = id, Path = path }, restored.Row.Id))
            .ConfigureAwait(false);
        return new ObjectDeletion(IsFound: true, versionId, version.IsMarker);
    }

    private void Link(ObjectRow archived, Guid id, string path)
    {
        try
        {
            var staged = versions.StagedPath(archived.Id);
            var file = versions.FileOf(archived.Key.Bucket, archived.Id);
            versions.Stage(File.Exists(staged) ? staged : file, id);
            reached(PutStep.VersionLinked);
        }
        catch
        {
            placement.Release(archived.Key, path);
            throw;
        }
    }

    /// <summary>The files follow the rows.</summary>
    /// <param name="restored">The row that is current again, and the id under which its bytes were a version.</param>
    private async Task FollowAsync(ObjectKey key, DeleteOutcome outcome, (ObjectRow Row, Guid OldId)? restored)
    {
        var (gone, isArchived, removed, _) = outcome;
        try
        {
            if (isArchived)
            {
                versions.Keep(key.Bucket, gone!.Id);
                reached(PutStep.VersionPlaced);
            }
            else if (gone is not null)
            {
                File.Delete(versions.StagedPath(gone.Id));
            }

            if (restored is var (row, oldId))
            {
                placement.Place(key, row.Path, versions.StagedPath(row.Id));
                reached(PutStep.VersionRestored);
                versions.Remove(key.Bucket, oldId);
            }
            else if (gone is not null)
            {
                placement.Remove(key, gone.Path);
                reached(PutStep.FileRemoved);
            }

            if (removed is { IsMarker: false })
            {
                versions.Remove(key.Bucket, removed.Row.Id);
            }

            if (restored is not null || removed is { IsMarker: false })
            {
                reached(PutStep.VersionRemoved);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(log, key, failure);
            return;
        }

        await SettleAsync(key, outcome, restored).ConfigureAwait(false);
    }

    private async Task SettleAsync(ObjectKey key, DeleteOutcome outcome, (ObjectRow Row, Guid OldId)? restored)
    {
        var (gone, isArchived, removed, _) = outcome;
        await settler.AddVersionsAsync(key, isArchived ? gone : null, removed).ConfigureAwait(false);
        if (restored is var (row, oldId))
        {
            await settler.AddAsync(new Settlement(key, row.Path, row.Id, SettlementKind.Placed)).ConfigureAwait(false);
            await settler.AddAsync(Settlement.OfVersion(key, oldId, SettlementKind.VersionRemoved))
                .ConfigureAwait(false);
        }
        else if (gone is not null)
        {
            await settler.AddAsync(new Settlement(key, gone.Path, gone.Id, SettlementKind.Removed))
                .ConfigureAwait(false);
        }
    }

    [LoggerMessage(2005, LogLevel.Warning,
        "object {Key} is deleted but its files are still where they were; tried again at the next start")]
    private static partial void LogNotRemoved(ILogger log, ObjectKey key, Exception failure);
}
