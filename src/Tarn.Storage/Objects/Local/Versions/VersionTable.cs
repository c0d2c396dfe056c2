using System.Text;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>The versions of one key in metadata.db; what changes them runs within the caller's transaction.</summary>
internal static class VersionTable
{
    private const string Target = "bucket = $1 AND key = $2";

    private const string AllSql = $"""
        SELECT {VersionRow.CurrentColumns} FROM object WHERE {Target}
        UNION ALL SELECT {VersionRow.ArchivedColumns} FROM object_version WHERE {Target} ORDER BY rank LIMIT $3
        """;

    private const string FindSql = $"""
        SELECT {VersionRow.CurrentColumns} FROM object WHERE {Target} AND version IS $3
        UNION ALL SELECT {VersionRow.ArchivedColumns} FROM object_version WHERE {Target} AND version IS $3
        """;

    private const string ArchiveSql = $"""
        INSERT INTO object_version(
          bucket, key, rank, size, etag, modified, content_type, attributes, id, placed, version, marker)
        SELECT
          bucket, key, (SELECT coalesce(min(rank), 0) FROM object_version WHERE {Target}) - 1, size, etag, modified,
          content_type, attributes, id, 0, version, 0
        FROM object WHERE {Target}
        """;

    private const string MarkSql = $"""
        INSERT INTO object_version(
          bucket, key, rank, size, etag, modified, content_type, attributes, id, placed, version, marker)
        VALUES (
          $1, $2, (SELECT coalesce(min(rank), 0) FROM object_version WHERE {Target}) - 1, 0, '', $3, '', NULL, $4, 1,
          $5, 1)
        """;

    private const string RestoreSql = $"""
        INSERT OR REPLACE INTO object({ObjectRow.Columns})
        SELECT bucket, key, size, etag, modified, content_type, attributes, $4, $5, 0, version
        FROM object_version WHERE {Target} AND rank = $3
        """;

    /// <summary>The newest ones, markers too.</summary>
    public static List<VersionRow> List(SqlSession session, ObjectKey key, int countMax)
    {
        var versions = new List<VersionRow>();
        using var rows = session.Query(AllSql, key.Bucket, Bytes(key.Key), countMax);
        while (rows.Read())
        {
            versions.Add(VersionRow.Read(rows));
        }

        return versions;
    }

    /// <summary>One look sees a version even while it moves from table to table.</summary>
    public static VersionRow? Find(SqlSession session, ObjectKey key, string versionId)
    {
        using var rows = session.Query(FindSql, key.Bucket, Bytes(key.Key), Stored(versionId));
        return rows.Read() ? VersionRow.Read(rows) : null;
    }

    /// <summary>Makes the row of 'object' the newest archived one. Its bytes are in staging/ by now.</summary>
    public static void Archive(SqlSession session, ObjectKey key)
    {
        session.Execute(ArchiveSql, key.Bucket, Bytes(key.Key));
        session.Execute($"DELETE FROM object WHERE {Target}", key.Bucket, Bytes(key.Key));
    }

    /// <summary>Puts a delete marker on top of the archived ones. There is no row of 'object' then.</summary>
    public static void Mark(SqlSession session, ObjectKey key, Guid id, string versionId, long time) =>
        session.Execute(MarkSql, key.Bucket, Bytes(key.Key), time, Bytes(id), Stored(versionId));

    /// <summary>Forgets an archived version or marker for good, and notes that its file is to be removed.</summary>
    public static void Remove(SqlSession session, VersionRow archived)
    {
        session.Execute("DELETE FROM object_parts WHERE id = $1", Bytes(archived.Row.Id));
        RemoveRow(session, archived);
    }

    /// <summary>
    /// Makes an archived version the row of 'object' again, under a new id: readers tell by it what lies under a path.
    /// </summary>
    public static void Restore(SqlSession session, VersionRow archived, string? path, Guid id)
    {
        var key = archived.Row.Key;
        session.Execute(RestoreSql, key.Bucket, Bytes(key.Key), archived.Rank, path, Bytes(id));
        session.Execute("UPDATE object_parts SET id = $2 WHERE id = $1", Bytes(archived.Row.Id), Bytes(id));
        RemoveRow(session, archived);
    }

    public static void SetAttributes(SqlSession session, VersionRow version, string? attributes)
    {
        var key = version.Row.Key;
        if (version.IsCurrent)
        {
            session.Execute(
                $"UPDATE object SET attributes = $3 WHERE {Target}", key.Bucket, Bytes(key.Key), attributes);
        }
        else
        {
            session.Execute(
                $"UPDATE object_version SET attributes = $3 WHERE {Target} AND rank = $4", key.Bucket,
                Bytes(key.Key), attributes, version.Rank);
        }
    }

    private static void RemoveRow(SqlSession session, VersionRow archived)
    {
        var key = archived.Row.Key;
        session.Execute(
            $"DELETE FROM object_version WHERE {Target} AND rank = $3", key.Bucket, Bytes(key.Key), archived.Rank);
        if (!archived.IsMarker)
        {
            session.Execute(
                "INSERT OR REPLACE INTO version_removal(bucket, id) VALUES ($1, $2)", key.Bucket,
                Bytes(archived.Row.Id));
        }
    }

    private static string? Stored(string versionId) => versionId == ObjectRow.NullVersion ? null : versionId;

    private static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);
}
