using Microsoft.Data.Sqlite;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// A row of the table <c>object</c>: the truth about one object.
/// <code>
/// bucket TEXT, key BLOB (UTF-8), size INTEGER, etag TEXT (hex MD5), modified INTEGER (ms since 1970 UTC),
/// content_type TEXT, attributes TEXT (JSON, null: none), path TEXT (below the bucket's folder, null:
/// KeyPath.Plain(key)), id BLOB (16 bytes, new for every put; its hex names the file in staging/),
/// placed INTEGER (0: the bytes may still be in staging/, 1: they are under path, and that name is on disk),
/// version TEXT (32 hex digits, null: the version 'null')
/// </code>
/// </summary>
internal sealed record ObjectRow(
    ObjectKey Key, long Size, string ETag, long Modified, string ContentType, string? Attributes, string Path, Guid Id,
    bool IsPlaced)
{
    /// <summary>What S3 calls the version of an object that was put while none were kept.</summary>
    public const string NullVersion = "null";

    /// <summary>All columns but the last.</summary>
    public const string Stated = "bucket, key, size, etag, modified, content_type, attributes, path, id, placed";

    /// <summary>All columns, in the order in which they are written.</summary>
    public const string Columns = Stated + ", version";

    /// <summary>
    /// The columns that <see cref="Read"/> expects, in its order; $1 is the bucket. Only a bucket that keeps or kept
    /// versions has one called null.
    /// </summary>
    public const string Shown =
        Stated + ", coalesce(version, (SELECT 'null' FROM bucket WHERE name = $1 AND versioning IS NOT NULL))";

    /// <summary>The column that follows them where parts are wanted too.</summary>
    public const string PartsColumn = "(SELECT parts FROM object_parts WHERE object_parts.id = object.id)";

    /// <summary>As <see cref="ObjectInfo.VersionId"/>.</summary>
    public string? VersionId { get; init; }

    /// <summary>Whether it was put while its bucket kept versions.</summary>
    public bool IsVersioned => VersionId is not (null or NullVersion);

    /// <summary>As <see cref="StoredParts"/> writes them; null: in one piece, or not read.</summary>
    public string? Parts { get; init; }

    /// <summary>Name of the file in staging/ while the bytes are on their way.</summary>
    public string StagedName => Id.ToString("N");

    public static ObjectRow Read(SqliteDataReader row)
    {
        var key = ObjectKeyRules.StrictUtf8.GetString(row.GetFieldValue<byte[]>(1));
        return new ObjectRow(
            new ObjectKey(row.GetString(0), key),
            row.GetInt64(2),
            row.GetString(3),
            row.GetInt64(4),
            row.GetString(5),
            row.IsDBNull(6) ? null : row.GetString(6),
            row.IsDBNull(7) ? KeyPath.Plain(key) : row.GetString(7),
            new Guid(row.GetFieldValue<byte[]>(8), bigEndian: true),
            row.GetInt64(9) != 0)
        {
            VersionId = row.IsDBNull(10) ? null : row.GetString(10),
            Parts = row.FieldCount > 11 && !row.IsDBNull(11) ? row.GetString(11) : null,
        };
    }

    public ObjectInfo ToInfo()
    {
        var stored = StoredAttributes.Read(Attributes);
        return new ObjectInfo(
            Key, Size, ETag, DateTimeOffset.FromUnixTimeMilliseconds(Modified), stored.ToAttributes(ContentType))
        {
            Checksum = stored.Checksum?.ToChecksum(),
            VersionId = VersionId,
            Parts = Parts is null ? [] : StoredParts.Read(Parts).ToParts(),
        };
    }
}
