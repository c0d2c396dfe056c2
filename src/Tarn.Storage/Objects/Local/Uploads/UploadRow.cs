using Microsoft.Data.Sqlite;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Local.Uploads;

/// <summary>
/// A row of the table <c>upload</c>: one upload under way.
/// <code>
/// bucket TEXT, key BLOB (UTF-8), id BLOB (16 bytes, its hex is the upload id; later ones are greater),
/// initiated INTEGER (ms since 1970 UTC), content_type TEXT, attributes TEXT (as of an object; its checksum without
/// value)
/// </code>
/// </summary>
internal sealed record UploadRow(ObjectKey Key, Guid Id, long Initiated, string ContentType, string? Attributes)
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "bucket, key, id, initiated, content_type, attributes";

    public static UploadRow Read(SqliteDataReader row) => new(
        new ObjectKey(row.GetString(0), ObjectKeyRules.StrictUtf8.GetString(row.GetFieldValue<byte[]>(1))),
        new Guid(row.GetFieldValue<byte[]>(2), bigEndian: true),
        row.GetInt64(3),
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5));

    public MultipartUpload ToUpload()
    {
        var stored = StoredAttributes.Read(Attributes);
        var checksum = stored.Checksum is { } kind
            ? new UploadChecksum(StoredChecksum.Parse(kind.Algorithm), kind.IsComposite ?? false)
            : null;
        return new MultipartUpload(
            Key, Id.ToString("N"), DateTimeOffset.FromUnixTimeMilliseconds(Initiated),
            stored.ToAttributes(ContentType), checksum);
    }
}
