using System.Text;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local.Uploads;

/// <summary>Uploads and parts in metadata.db. That an upload ends is written by <see cref="ObjectIndex"/>, together
/// with the object it becomes or the bucket it goes away with, or by <see cref="RemoveAsync"/>.</summary>
internal sealed class UploadIndex(MetadataDatabase database, TimeProvider clock)
{
    private const string FindSql =
        $"SELECT {UploadRow.Columns} FROM upload WHERE bucket = $1 AND key = $2 AND id = $3";

    private const string PartsSql =
        $"SELECT {PartRow.Columns} FROM part WHERE upload = $1 AND number > $2 ORDER BY number LIMIT $3";

    /// <summary>Fails with NotFound when there is no such bucket.</summary>
    public Task<UploadRow> AddAsync(ObjectKey key, Guid id, ObjectAttributes attributes, UploadChecksum? checksum) =>
        database.WriteAsync(session =>
        {
            RequireBucket(session, key.Bucket);
            var kind = checksum is null
                ? null
                : StoredChecksum.From(checksum.Algorithm, value: null, checksum.IsComposite);
            var row = new UploadRow(
                key, id, Now(), attributes.ContentType, StoredAttributes.Write(attributes, kind));
            session.Execute(
                $"INSERT INTO upload({UploadRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6)",
                key.Bucket, Bytes(key.Key), Bytes(id), row.Initiated, row.ContentType, row.Attributes);
            return row;
        });

    /// <summary>The row, or null. Fails with NotFound when there is no such bucket either.</summary>
    public UploadRow? Find(ObjectKey key, Guid id) => database.Read(session =>
    {
        var row = Find(session, key, id);
        if (row is null)
        {
            RequireBucket(session, key.Bucket);
        }

        return row;
    });

    /// <summary>
    /// Makes the part stand; the one of the same number that it replaces, or null. Fails with NotFound when the upload
    /// has ended.
    /// </summary>
    public Task<(PartRow Part, PartRow? Replaced)> PutPartAsync(UploadRow upload, PartRow part) =>
        database.WriteAsync(session =>
        {
            if (Find(session, upload.Key, upload.Id) is null)
                throw UploadErrors.NoSuchUpload(upload.Key, upload.Id.ToString("N"));
            var replaced = ListParts(session, upload.Id, part.Number - 1, 1).Find(row => row.Number == part.Number);
            var dated = part with { Modified = Now() };
            session.Execute(
                $"INSERT OR REPLACE INTO part(upload, {PartRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                Bytes(upload.Id), dated.Number, dated.Size, dated.ETag, dated.Modified, dated.Checksum,
                Bytes(dated.Id));
            return (dated, replaced);
        });

    public List<PartRow> ListParts(Guid upload, int after, int countMax) =>
        database.Read(session => ListParts(session, upload, after, countMax));

    /// <summary>Every upload with the names of its parts' files.</summary>
    public Dictionary<Guid, HashSet<string>> ListFiles() => database.Read(session =>
    {
        var uploads = new List<Guid>();
        using (var rows = session.Query("SELECT id FROM upload"))
        {
            while (rows.Read())
            {
                uploads.Add(new Guid(rows.GetFieldValue<byte[]>(0), bigEndian: true));
            }
        }

        return uploads.ToDictionary(
            id => id,
            id => ListParts(session, id, 0, int.MaxValue).Select(part => part.FileName).ToHashSet());
    });

    /// <summary>One page. Fails with NotFound when there is no such bucket.</summary>
    public UploadPage List(string bucket, ObjectListing listing, Guid? afterUpload) => database.Read(session =>
    {
        RequireBucket(session, bucket);
        return new UploadWalk(session, bucket, listing, afterUpload).Run();
    });

    /// <summary>Removes the upload and its parts; false when there was none.</summary>
    public Task<bool> RemoveAsync(ObjectKey key, Guid id) => database.WriteAsync(session =>
    {
        RequireBucket(session, key.Bucket);
        return Remove(session, key, id);
    });

    /// <summary>Within a transaction: removes the upload and its parts; false when there was none.</summary>
    public static bool Remove(SqlSession session, ObjectKey key, Guid id)
    {
        const string Sql = "DELETE FROM upload WHERE bucket = $1 AND key = $2 AND id = $3";
        if (session.Execute(Sql, key.Bucket, Bytes(key.Key), Bytes(id)) == 0)
        {
            return false;
        }

        session.Execute("DELETE FROM part WHERE upload = $1", Bytes(id));
        return true;
    }

    /// <summary>Within a transaction: removes all uploads of a bucket; their ids.</summary>
    public static List<Guid> RemoveAll(SqlSession session, string bucket)
    {
        var removed = new List<Guid>();
        using (var rows = session.Query("SELECT id FROM upload WHERE bucket = $1", bucket))
        {
            while (rows.Read())
            {
                removed.Add(new Guid(rows.GetFieldValue<byte[]>(0), bigEndian: true));
            }
        }

        session.Execute("DELETE FROM part WHERE upload IN (SELECT id FROM upload WHERE bucket = $1)", bucket);
        session.Execute("DELETE FROM upload WHERE bucket = $1", bucket);
        return removed;
    }

    private static UploadRow? Find(SqlSession session, ObjectKey key, Guid id)
    {
        using var rows = session.Query(FindSql, key.Bucket, Bytes(key.Key), Bytes(id));
        return rows.Read() ? UploadRow.Read(rows) : null;
    }

    private static List<PartRow> ListParts(SqlSession session, Guid upload, int after, int countMax)
    {
        var parts = new List<PartRow>();
        using var rows = session.Query(PartsSql, Bytes(upload), after, countMax);
        while (rows.Read())
        {
            parts.Add(PartRow.Read(rows));
        }

        return parts;
    }

    private static void RequireBucket(SqlSession session, string bucket)
    {
        if (session.Scalar("SELECT 1 FROM bucket WHERE name = $1", bucket) is null)
            throw ObjectErrors.NoSuchBucket(bucket);
    }

    private static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
