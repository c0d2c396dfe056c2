using System.Text;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Versions;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local;

/// <summary>Buckets and objects in metadata.db. What it says is what the store holds; files follow it.</summary>
internal sealed partial class ObjectIndex(MetadataDatabase database, EventOutbox outbox, TimeProvider clock)
{
    private const string FindSql = $"""
        SELECT {ObjectRow.Shown}, {ObjectRow.PartsColumn} FROM object WHERE bucket = $1 AND key = $2
        """;

    private const string PutSql = $"""
        INSERT OR REPLACE INTO object({ObjectRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string ForgetPartsSql =
        "DELETE FROM object_parts WHERE id = (SELECT id FROM object WHERE bucket = $1 AND key = $2)";

    private readonly RowCache _rows = new();

    public Task<BucketInfo> CreateBucketAsync(string bucket) => database.WriteAsync(session =>
    {
        var created = Now();
        var inserted = session.Execute(
            "INSERT INTO bucket(name, created) VALUES ($1, $2) ON CONFLICT DO NOTHING", bucket, created);
        return inserted == 1
            ? new BucketInfo(bucket, DateTimeOffset.FromUnixTimeMilliseconds(created))
            : throw ObjectErrors.BucketExists(bucket);
    });

    public BucketInfo? FindBucket(string bucket) => database.Read(session => FindBucket(session, bucket));

    public List<BucketInfo> ListBuckets() => database.Read(session =>
    {
        var buckets = new List<BucketInfo>();
        using var rows = session.Query("SELECT name, created FROM bucket ORDER BY name");
        while (rows.Read())
        {
            buckets.Add(new BucketInfo(rows.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1))));
        }

        return buckets;
    });

    /// <summary>Removes the bucket, its settings and its uploads under way; the ids of these.</summary>
    public Task<List<Guid>> DeleteBucketAsync(string bucket) => database.WriteAsync(session =>
    {
        RequireBucket(session, bucket);
        if (session.Scalar("SELECT 1 FROM object WHERE bucket = $1 LIMIT 1", bucket) is not null)
            throw ObjectErrors.BucketNotEmpty(bucket);
        if (session.Scalar("SELECT 1 FROM object_version WHERE bucket = $1 LIMIT 1", bucket) is not null)
            throw ObjectErrors.BucketNotEmpty(bucket, "versions or delete markers are left");
        session.Execute("DELETE FROM bucket_setting WHERE bucket = $1", bucket);
        session.Execute("DELETE FROM bucket WHERE name = $1", bucket);
        return UploadIndex.RemoveAll(session, bucket);
    });

    /// <summary>The row, or null. Fails with NotFound when there is no such bucket either.</summary>
    public ObjectRow? Find(ObjectKey key)
    {
        var generation = database.Generation;
        if (_rows.Find(key, generation) is { } known)
        {
            return known;
        }

        var row = database.Read(session => FindIn(session, key));
        if (row is not null)
        {
            _rows.Keep(row, generation, database.Generation);
        }

        return row;
    }

    /// <summary>
    /// Makes the new object visible: its row, not yet placed. The upload that it was ends with it. Null: the bucket
    /// keeps versions otherwise than <paramref name="versioning"/> says. Fails with NotFound when the bucket or the
    /// upload is gone.
    /// </summary>
    public Task<PutOutcome?> PutAsync(ObjectRow row, Guid? upload, BucketVersioning versioning, ObjectEvent what) =>
        database.WriteAsync(session =>
        {
            if (FindVersioning(session, row.Key.Bucket) != versioning)
            {
                return null;
            }

            if (upload is { } ended && !UploadIndex.Remove(session, row.Key, ended))
                throw UploadErrors.NoSuchUpload(row.Key, ended.ToString("N"));
            var (archived, removed) = MakeRoom(session, row.Key, versioning);
            var made = Insert(session, row, versioning);
            if (row.Parts is not null)
            {
                session.Execute("INSERT INTO object_parts(id, parts) VALUES ($1, $2)", Bytes(row.Id), row.Parts);
            }

            session.Execute("DELETE FROM removal WHERE bucket = $1 AND path = $2", row.Key.Bucket, row.Path);
            Tell(session, what, made);
            return new PutOutcome(made, archived, removed);
        });

    /// <summary>
    /// Makes an object of a file that is in place; null when a delete of that name is not settled yet: the file may be
    /// what it has still to remove. Called in the key's turn. Fails with NotFound when the bucket is gone.
    /// </summary>
    public Task<PutOutcome?> AdoptAsync(ObjectRow row) => database.WriteAsync(session =>
    {
        var versioning = FindVersioning(session, row.Key.Bucket);
        const string RemovalSql = "SELECT 1 FROM removal WHERE bucket = $1 AND path = $2";
        if (session.Scalar(RemovalSql, row.Key.Bucket, row.Path) is not null)
        {
            return null;
        }

        var (archived, removed) = MakeRoom(session, row.Key, versioning);
        var made = Insert(session, row, versioning);
        Tell(session, ObjectEvent.CreatedPut, made);
        return new PutOutcome(made, archived, removed);
    });

    /// <summary>Replaces the tags of the row; null when there is none.</summary>
    /// <param name="versionId">Null: of the current object.</param>
    public Task<ObjectInfo?> SetTagsAsync(
        ObjectKey key, string? versionId, IReadOnlyDictionary<string, string> tags) =>
        database.WriteAsync(session =>
        {
            var version = versionId is not null
                ? VersionTable.Find(session, key, versionId)
                : Find(session, key) is { } current ? VersionRow.Of(current) : null;
            if (version is null or { IsMarker: true })
            {
                RequireBucket(session, key.Bucket);
                return null;
            }

            var info = version.Row.ToInfo();
            var attributes = info.Attributes with { Tags = tags };
            VersionTable.SetAttributes(
                session, version, StoredAttributes.Write(attributes, StoredChecksum.From(info.Checksum)));
            Tell(session, tags.Count > 0 ? ObjectEvent.TaggingPut : ObjectEvent.TaggingDelete, version.Row);
            return info with { Attributes = attributes };
        });

    /// <summary>Notes that files are where the rows say (or gone) and that their folders are synced.</summary>
    public Task<int> SettleAsync(IReadOnlyCollection<Settlement> settlements) => database.WriteAsync(session =>
    {
        var changed = 0;
        foreach (var (key, path, id, kind) in settlements)
        {
            changed += kind switch
            {
                SettlementKind.Placed => session.Execute(
                    "UPDATE object SET placed = 1 WHERE bucket = $1 AND key = $2 AND id = $3", key.Bucket,
                    Bytes(key.Key), Bytes(id)),
                SettlementKind.Removed => session.Execute(
                    "DELETE FROM removal WHERE bucket = $1 AND path = $2 AND id = $3", key.Bucket, path, Bytes(id)),
                SettlementKind.VersionPlaced => session.Execute(
                    """
                    UPDATE object_version SET placed = 1
                    WHERE bucket = $1 AND key = $2 AND id = $3 AND placed = 0
                    """,
                    key.Bucket, Bytes(key.Key), Bytes(id)),
                _ => session.Execute("DELETE FROM version_removal WHERE id = $1", Bytes(id)),
            };
        }

        return changed;
    });

    /// <summary>Rows whose bytes may still lie in staging/.</summary>
    public List<ObjectRow> ListUnplaced() => database.Read(session =>
    {
        var unplaced = new List<ObjectRow>();
        using var rows = session.Query($"SELECT {ObjectRow.Columns} FROM object WHERE placed = 0");
        while (rows.Read())
        {
            unplaced.Add(ObjectRow.Read(rows));
        }

        return unplaced;
    });

    /// <summary>Files of deleted objects that may still be there.</summary>
    public List<Settlement> ListRemovals() => database.Read(session =>
    {
        var removals = new List<Settlement>();
        using var rows = session.Query("SELECT bucket, path, id FROM removal");
        while (rows.Read())
        {
            var id = new Guid(rows.GetFieldValue<byte[]>(2), bigEndian: true);
            var key = new ObjectKey(rows.GetString(0), "");
            removals.Add(new Settlement(key, rows.GetString(1), id, SettlementKind.Removed));
        }

        return removals;
    });

    /// <summary>One page. Fails with NotFound when there is no such bucket.</summary>
    public ObjectPage List(string bucket, ObjectListing listing) => database.Read(session =>
    {
        RequireBucket(session, bucket);
        return new ListingWalk(session, bucket, listing).Run();
    });

    private void Tell(SqlSession session, ObjectEvent what, ObjectRow row) =>
        outbox.Add(session, what, row.Key, Now(), row.Size, row.ETag, row.VersionId);

    /// <summary>The row as it is now: dated, with the version that the bucket gives it.</summary>
    private ObjectRow Insert(SqlSession session, ObjectRow row, BucketVersioning versioning)
    {
        var made = row with { Modified = Now(), VersionId = VersionIdOf(row.Id, versioning) };
        session.Execute(
            PutSql, made.Key.Bucket, Bytes(made.Key.Key), made.Size, made.ETag, made.Modified, made.ContentType,
            made.Attributes, StoredPath(made.Key, made.Path), Bytes(made.Id), made.IsPlaced ? 1 : 0,
            made.IsVersioned ? made.VersionId : null);
        return made;
    }

    private static string? StoredPath(ObjectKey key, string path) => path == KeyPath.Plain(key.Key) ? null : path;

    private static ObjectRow? Find(SqlSession session, ObjectKey key)
    {
        using var rows = session.Query(FindSql, key.Bucket, Bytes(key.Key));
        return rows.Read() ? ObjectRow.Read(rows) : null;
    }

    private static ObjectRow? FindIn(SqlSession session, ObjectKey key)
    {
        var row = Find(session, key);
        if (row is null)
        {
            RequireBucket(session, key.Bucket);
        }

        return row;
    }

    private static BucketInfo? FindBucket(SqlSession session, string bucket) =>
        session.Scalar("SELECT created FROM bucket WHERE name = $1", bucket) is long created
            ? new BucketInfo(bucket, DateTimeOffset.FromUnixTimeMilliseconds(created))
            : null;

    private static void RequireBucket(SqlSession session, string bucket)
    {
        if (FindBucket(session, bucket) is null)
            throw ObjectErrors.NoSuchBucket(bucket);
    }

    private static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
