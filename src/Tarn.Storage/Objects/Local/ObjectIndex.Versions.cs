using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Versions;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local;

internal sealed partial class ObjectIndex
{
    // In the order of the enum; a name that was ever stored never changes.
    private static readonly string?[] VersioningNames = [null, "enabled", "suspended"];

    /// <summary>Fails with NotFound when there is no such bucket.</summary>
    public BucketVersioning FindVersioning(string bucket) => database.Read(session => FindVersioning(session, bucket));

    /// <summary>Fails with NotFound when there is no such bucket.</summary>
    public Task<int> SetVersioningAsync(string bucket, BucketVersioning versioning) => database.WriteAsync(session =>
    {
        RequireBucket(session, bucket);
        return session.Execute(
            "UPDATE bucket SET versioning = $2 WHERE name = $1", bucket, VersioningNames[(int)versioning]);
    });

    /// <summary>The version or marker, or null. Fails with NotFound when there is no such bucket either.</summary>
    public VersionRow? FindVersion(ObjectKey key, string versionId) => database.Read(session =>
    {
        var found = VersionTable.Find(session, key, versionId);
        if (found is null)
        {
            RequireBucket(session, key.Bucket);
        }

        return found;
    });

    /// <summary>A key's newest versions and markers. Fails with NotFound when there is no such bucket.</summary>
    public List<VersionRow> ListNewest(ObjectKey key, int countMax) => database.Read(session =>
    {
        RequireBucket(session, key.Bucket);
        return VersionTable.List(session, key, countMax);
    });

    /// <summary>One page. Fails with NotFound when there is no such bucket.</summary>
    public VersionPage ListVersions(string bucket, ObjectListing listing, string? afterVersionId) =>
        database.Read(session =>
        {
            RequireBucket(session, bucket);
            return new VersionWalk(session, bucket, listing, afterVersionId).Run();
        });

    /// <summary>
    /// Removes the row, notes that its file is to be removed and makes the marker that the bucket asks for. Null: the
    /// bucket keeps versions otherwise than <paramref name="versioning"/> says. Called in the key's turn.
    /// </summary>
    /// <param name="markerId">Of the marker, if one is made.</param>
    /// <param name="isExpiry">A lifecycle rule does it, which events tell apart.</param>
    public Task<DeleteOutcome?> DeleteAsync(
        ObjectKey key, BucketVersioning versioning, Guid markerId, bool isExpiry) =>
        database.WriteAsync(session =>
        {
            if (FindVersioning(session, key.Bucket) != versioning)
            {
                return null;
            }

            var gone = Find(session, key);
            var (archived, removed) = MakeRoom(session, key, versioning);
            if (gone is not null)
            {
                RemoveCurrent(session, gone);
            }

            var marker = VersionIdOf(markerId, versioning);
            if (marker is not null)
            {
                VersionTable.Mark(session, key, markerId, marker, Now());
            }

            var what = (marker is null, isExpiry) switch
            {
                (true, false) => ObjectEvent.RemovedDelete,
                (true, true) => ObjectEvent.ExpiredDelete,
                (false, false) => ObjectEvent.RemovedDeleteMarkerCreated,
                (false, true) => ObjectEvent.ExpiredDeleteMarkerCreated,
            };
            outbox.Add(session, what, key, Now(), size: null, etag: null, marker);
            return new DeleteOutcome(gone, archived is not null, removed, marker);
        });

    /// <summary>Removes a version or marker for good. Called in the key's turn.</summary>
    /// <param name="restored">The archived version that is current from now on, or null.</param>
    /// <param name="path">Where its file will be.</param>
    /// <param name="id">Its new one.</param>
    /// <param name="isExpiry">A lifecycle rule does it, which events tell apart.</param>
    public Task<DeleteOutcome> DeleteVersionAsync(
        VersionRow version, VersionRow? restored, string path, Guid id, bool isExpiry) =>
        database.WriteAsync(session =>
        {
            var key = version.Row.Key;
            if (version.IsCurrent)
            {
                session.Execute(ForgetPartsSql, key.Bucket, Bytes(key.Key));
                RemoveCurrent(session, version.Row);
            }
            else
            {
                VersionTable.Remove(session, version);
            }

            if (restored is not null)
            {
                VersionTable.Restore(session, restored, StoredPath(key, path), id);
                session.Execute("DELETE FROM removal WHERE bucket = $1 AND path = $2", key.Bucket, path);
            }

            var what = isExpiry ? ObjectEvent.ExpiredDelete : ObjectEvent.RemovedDelete;
            outbox.Add(session, what, key, Now(), size: null, etag: null, version.Row.VersionId);
            return new DeleteOutcome(
                version.IsCurrent ? version.Row : null, IsArchived: false, version.IsCurrent ? null : version,
                MarkerId: null);
        });

    /// <summary>Archived rows whose bytes may still lie in staging/.</summary>
    public List<ObjectRow> ListUnplacedVersions() => database.Read(session =>
    {
        var unplaced = new List<ObjectRow>();
        using var rows = session.Query(
            $"SELECT {VersionRow.ArchivedColumns} FROM object_version WHERE placed = 0");
        while (rows.Read())
        {
            unplaced.Add(VersionRow.Read(rows).Row);
        }

        return unplaced;
    });

    /// <summary>Files of removed versions that may still be there.</summary>
    public List<Settlement> ListVersionRemovals() => database.Read(session =>
    {
        var removals = new List<Settlement>();
        using var rows = session.Query("SELECT bucket, id FROM version_removal");
        while (rows.Read())
        {
            var id = new Guid(rows.GetFieldValue<byte[]>(1), bigEndian: true);
            var key = new ObjectKey(rows.GetString(0), "");
            removals.Add(Settlement.OfVersion(key, id, SettlementKind.VersionRemoved));
        }

        return removals;
    });

    /// <summary>
    /// Before the current row is replaced or removed: archives it where it is kept, else forgets its parts. While
    /// versions are suspended the version 'null' goes, wherever it is.
    /// </summary>
    private static (ObjectRow? Archived, VersionRow? Removed) MakeRoom(
        SqlSession session, ObjectKey key, BucketVersioning versioning)
    {
        if (versioning == BucketVersioning.Unversioned)
        {
            session.Execute(ForgetPartsSql, key.Bucket, Bytes(key.Key));
            return (null, null);
        }

        var current = Find(session, key);
        var isKept = VersionRules.Keeps(versioning, current);
        VersionRow? removed = null;
        if (versioning == BucketVersioning.Suspended && (current is null || isKept)
            && VersionTable.Find(session, key, ObjectRow.NullVersion) is { } noLonger)
        {
            VersionTable.Remove(session, noLonger);
            removed = noLonger;
        }

        if (isKept)
        {
            VersionTable.Archive(session, key);
            return (current, removed);
        }

        session.Execute(ForgetPartsSql, key.Bucket, Bytes(key.Key));
        return (null, removed);
    }

    private static void RemoveCurrent(SqlSession session, ObjectRow row)
    {
        session.Execute("DELETE FROM object WHERE bucket = $1 AND key = $2", row.Key.Bucket, Bytes(row.Key.Key));
        session.Execute(
            "INSERT OR REPLACE INTO removal(bucket, path, id) VALUES ($1, $2, $3)", row.Key.Bucket, row.Path,
            Bytes(row.Id));
    }

    private static BucketVersioning FindVersioning(SqlSession session, string bucket)
    {
        using var rows = session.Query("SELECT versioning FROM bucket WHERE name = $1", bucket);
        return rows.Read()
            ? (BucketVersioning)Array.IndexOf(VersioningNames, rows.IsDBNull(0) ? null : rows.GetString(0))
            : throw ObjectErrors.NoSuchBucket(bucket);
    }

    private static string? VersionIdOf(Guid id, BucketVersioning versioning) => versioning switch
    {
        BucketVersioning.Enabled => id.ToString("N"),
        BucketVersioning.Suspended => ObjectRow.NullVersion,
        _ => null,
    };
}
