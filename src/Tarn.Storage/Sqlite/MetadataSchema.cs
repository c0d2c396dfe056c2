using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Sqlite;

/// <summary>
/// The tables of metadata.db, described in docs/formats/metadata.md and docs/formats/object-files.md.
/// PRAGMA user_version holds <see cref="Version"/>; 0 is a new file.
/// </summary>
internal static class MetadataSchema
{
    public const long Version = 3;

    private const string Version1 = """
        CREATE TABLE resource(
          kind TEXT NOT NULL, name TEXT NOT NULL, spec TEXT NOT NULL, version INTEGER NOT NULL,
          PRIMARY KEY (kind, name)) WITHOUT ROWID;
        CREATE TABLE bucket(name TEXT NOT NULL PRIMARY KEY, created INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE object(
          bucket TEXT NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
          content_type TEXT NOT NULL, attributes TEXT, path TEXT, id BLOB NOT NULL, placed INTEGER NOT NULL,
          PRIMARY KEY (bucket, key)) WITHOUT ROWID;
        CREATE INDEX object_in_staging ON object(bucket, key) WHERE placed = 0;
        CREATE TABLE removal(
          bucket TEXT NOT NULL, path TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY (bucket, path)) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    private const string Version2 = """
        CREATE TABLE bucket_setting(
          bucket TEXT NOT NULL, setting TEXT NOT NULL, document TEXT NOT NULL,
          PRIMARY KEY (bucket, setting)) WITHOUT ROWID;
        CREATE TABLE object_parts(id BLOB NOT NULL PRIMARY KEY, parts TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE upload(
          bucket TEXT NOT NULL, key BLOB NOT NULL, id BLOB NOT NULL UNIQUE, initiated INTEGER NOT NULL,
          content_type TEXT NOT NULL, attributes TEXT, PRIMARY KEY (bucket, key, id)) WITHOUT ROWID;
        CREATE TABLE part(
          upload BLOB NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
          modified INTEGER NOT NULL, checksum TEXT, id BLOB NOT NULL, PRIMARY KEY (upload, number)) WITHOUT ROWID;
        PRAGMA user_version = 2;
        """;

    private const string Version3 = """
        CREATE TABLE outbox(
          id INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, rule TEXT NOT NULL, event TEXT NOT NULL,
          time INTEGER NOT NULL, bucket TEXT NOT NULL, key BLOB NOT NULL, size INTEGER, etag TEXT, version TEXT);
        CREATE INDEX outbox_of_stream ON outbox(stream, id);
        ALTER TABLE bucket ADD COLUMN versioning TEXT;
        ALTER TABLE object ADD COLUMN version TEXT;
        CREATE TABLE object_version(
          bucket TEXT NOT NULL, key BLOB NOT NULL, rank INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
          modified INTEGER NOT NULL, content_type TEXT NOT NULL, attributes TEXT, id BLOB NOT NULL,
          placed INTEGER NOT NULL, version TEXT, marker INTEGER NOT NULL,
          PRIMARY KEY (bucket, key, rank)) WITHOUT ROWID;
        CREATE INDEX object_version_by_id ON object_version(bucket, key, version);
        CREATE INDEX object_version_in_staging ON object_version(bucket, key) WHERE placed = 0;
        CREATE TABLE version_removal(bucket TEXT NOT NULL, id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
        PRAGMA user_version = 3;
        """;

    private static readonly string[] Steps = [Version1, Version2, Version3];

    /// <summary>
    /// Makes the tables of a new file and those that an older one lacks, in one transaction; refuses a file of a later
    /// version.
    /// </summary>
    public static void Ensure(SqlSession session)
    {
        var found = Convert.ToInt64(session.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (found > Version)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"metadata.db has schema version {found}, this tarn knows versions up to {Version}",
                hint: "start the data directory with the tarn that wrote it, or a later one");
        }

        if (found < Version)
        {
            session.Run("BEGIN IMMEDIATE;" + string.Concat(Steps.Skip((int)found)) + "COMMIT;");
        }
    }
}
