using Microsoft.Data.Sqlite;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Local.Versions;

/// <summary>
/// One version of a key: the row of <c>object</c>, or a row of the table <c>object_version</c>.
/// <code>
/// bucket TEXT, key BLOB, rank INTEGER (smaller is newer; all are newer than what was archived before them),
/// size, etag, modified, content_type, attributes as in 'object' (0 and '' in a marker's row), id BLOB (of the object's
/// row before; its hex names the file in versions/BUCKET/), placed INTEGER (0: the bytes may still be in staging/),
/// version TEXT (null: the version 'null'), marker INTEGER (1: a delete marker, no file)
/// </code>
/// A row of 'object' is newer than every archived one. Without it the newest archived one is a marker.
/// </summary>
internal sealed record VersionRow(ObjectRow Row, long Rank, bool IsMarker)
{
    /// <summary>The rank of a row of 'object'.</summary>
    public const long Current = long.MinValue;

    /// <summary>What <see cref="Read"/> expects of rows of 'object'; $1 is the bucket.</summary>
    public const string CurrentColumns =
        ObjectRow.Stated + ", coalesce(version, 'null'), " + ObjectRow.PartsColumn
            + ", -9223372036854775808 AS rank, 0 AS marker";

    /// <summary>What <see cref="Read"/> expects of rows of 'object_version'.</summary>
    public const string ArchivedColumns = """
        bucket, key, size, etag, modified, content_type, attributes, NULL, id, placed, coalesce(version, 'null'),
        (SELECT parts FROM object_parts WHERE object_parts.id = object_version.id), rank, marker
        """;

    public bool IsCurrent => Rank == Current;

    public static VersionRow Of(ObjectRow current) => new(current, Current, IsMarker: false);

    public static VersionRow Read(SqliteDataReader row) =>
        new(ObjectRow.Read(row), row.GetInt64(12), row.GetInt64(13) != 0);

    public ObjectVersion ToVersion(bool isLatest) => new(Row.ToInfo(), IsMarker, isLatest);
}
