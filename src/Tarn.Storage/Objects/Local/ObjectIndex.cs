using System.Text;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local;

/// <summary>Buckets and objects in metadata.db. What it says is what the store holds; files follow it.</summary>
internal sealed class ObjectIndex(MetadataDatabase database, EventOutbox outbox, TimeProvider clock)
{
    private const string FindSql = $"""
        SELECT {ObjectRow.Columns}, {ObjectRow.PartsColumn} FROM object WHERE bucket = $1 AND key = $2
        """;

    private const string PutSql = $"""
        INSERT OR REPLACE INTO object({ObjectRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string ForgetPartsSql =
        "DELETE FROM object_parts WHERE id = (SELECT id FROM object WHERE bucket = $1 AND key = $2)";

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
        session.Execute("DELETE FROM bucket_setting WHERE bucket = $1", bucket);
        session.Execute("DELETE FROM bucket WHERE name = $1", bucket);
        return UploadIndex.RemoveAll(session, bucket);
    });

    /// <summary>The row, or null. Fails with NotFound when there is no such bucket either.</summary>
    public ObjectRow? Find(ObjectKey key) => database.Read(session =>
    {
        var row = Find(session, key);
        if (row is null)
        {
            RequireBucket(session, key.Bucket);
        }

        return row;
    });

    /// <summary>
    /// Makes the new object visible: its row, not yet placed. The upload that it was ends with it. Fails with NotFound
    /// when the bucket or the upload is gone.
    /// </summary>
    public Task<ObjectRow> PutAsync(ObjectRow row, Guid? upload, ObjectEvent what) => database.WriteAsync(session =>
    {
        RequireBucket(session, row.Key.Bucket);
        if (upload is { } ended && !UploadIndex.Remove(session, row.Key, ended))
            throw UploadErrors.NoSuchUpload(row.Key, ended.ToString("N"));
        var dated = row with { Modified = Now() };
        session.Execute(ForgetPartsSql, row.Key.Bucket, Bytes(row.Key.Key));
        Insert(session, dated);
        if (row.Parts is not null)
        {
            session.Execute(
                "INSERT INTO object_parts(id, parts) VALUES ($1, $2)", row.Id.ToByteArray(bigEndian: true), row.Parts);
        }

        session.Execute("DELETE FROM removal WHERE bucket = $1 AND path = $2", row.Key.Bucket, row.Path);
        Tell(session, what, dated);
        return dated;
    });

    /// <summary>
    /// Makes an object of a file that is in place; false when a delete of that name is not settled yet: the file may be
    /// what it has still to remove. Called in the key's turn. Fails with NotFound when the bucket is gone.
    /// </summary>
    public Task<bool> AdoptAsync(ObjectRow row) => database.WriteAsync(session =>
    {
        RequireBucket(session, row.Key.Bucket);
        const string RemovalSql = "SELECT 1 FROM removal WHERE bucket = $1 AND path = $2";
        if (session.Scalar(RemovalSql, row.Key.Bucket, row.Path) is not null)
        {
            return false;
        }

        var dated = row with { Modified = Now() };
        Insert(session, dated);
        Tell(session, ObjectEvent.CreatedPut, dated);
        return true;
    });

    /// <summary>Replaces the tags of the row; null when there is none.</summary>
    public Task<ObjectInfo?> SetTagsAsync(ObjectKey key, IReadOnlyDictionary<string, string> tags) =>
        database.WriteAsync(session =>
        {
            var row = Find(session, key);
            if (row is null)
            {
                RequireBucket(session, key.Bucket);
                return null;
            }

            var info = row.ToInfo();
            var attributes = info.Attributes with { Tags = tags };
            session.Execute(
                "UPDATE object SET attributes = $3 WHERE bucket = $1 AND key = $2", key.Bucket, Bytes(key.Key),
                StoredAttributes.Write(attributes, StoredChecksum.From(info.Checksum)));
            Tell(session, tags.Count > 0 ? ObjectEvent.TaggingPut : ObjectEvent.TaggingDelete, row);
            return info with { Attributes = attributes };
        });

    /// <summary>Removes the row and notes that its file is to be removed; null when there was none.</summary>
    public Task<ObjectRow?> DeleteAsync(ObjectKey key, ObjectEvent what) => database.WriteAsync(session =>
    {
        var row = Find(session, key);
        if (row is null)
        {
            RequireBucket(session, key.Bucket);
            return null;
        }

        session.Execute(ForgetPartsSql, key.Bucket, Bytes(key.Key));
        session.Execute("DELETE FROM object WHERE bucket = $1 AND key = $2", key.Bucket, Bytes(key.Key));
        session.Execute(
            "INSERT OR REPLACE INTO removal(bucket, path, id) VALUES ($1, $2, $3)",
            key.Bucket, row.Path, row.Id.ToByteArray(bigEndian: true));
        outbox.Add(session, what, key, Now(), size: null, etag: null, version: null);
        return row;
    });

    /// <summary>Notes that files are where the rows say (or gone) and that their folders are synced.</summary>
    public Task<int> SettleAsync(IReadOnlyCollection<Settlement> settlements) => database.WriteAsync(session =>
    {
        var changed = 0;
        foreach (var (key, path, id, isRemoval) in settlements)
        {
            var idBytes = id.ToByteArray(bigEndian: true);
            changed += isRemoval
                ? session.Execute(
                    "DELETE FROM removal WHERE bucket = $1 AND path = $2 AND id = $3", key.Bucket, path, idBytes)
                : session.Execute(
                    "UPDATE object SET placed = 1 WHERE bucket = $1 AND key = $2 AND id = $3",
                    key.Bucket, Bytes(key.Key), idBytes);
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
            removals.Add(new Settlement(new ObjectKey(rows.GetString(0), ""), rows.GetString(1), id, IsRemoval: true));
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
        outbox.Add(session, what, row.Key, Now(), row.Size, row.ETag, version: null);

    private static void Insert(SqlSession session, ObjectRow row) => session.Execute(
        PutSql, row.Key.Bucket, Bytes(row.Key.Key), row.Size, row.ETag, row.Modified, row.ContentType, row.Attributes,
        row.Path == KeyPath.Plain(row.Key.Key) ? null : row.Path, row.Id.ToByteArray(bigEndian: true),
        row.IsPlaced ? 1 : 0);

    private static ObjectRow? Find(SqlSession session, ObjectKey key)
    {
        using var rows = session.Query(FindSql, key.Bucket, Bytes(key.Key));
        return rows.Read() ? ObjectRow.Read(rows) : null;
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

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
