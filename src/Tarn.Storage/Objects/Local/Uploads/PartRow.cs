using System.Globalization;
using Microsoft.Data.Sqlite;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Local.Uploads;

/// <summary>
/// A row of the table <c>part</c>: the truth about one part of an upload under way.
/// <code>
/// upload BLOB (its id), number INTEGER, size INTEGER, etag TEXT (hex MD5), modified INTEGER (ms since 1970 UTC),
/// checksum TEXT (base64, of the upload's algorithm, or null), id BLOB (16 bytes, new for every put of the part)
/// </code>
/// </summary>
internal sealed record PartRow(int Number, long Size, string ETag, long Modified, string? Checksum, Guid Id)
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "number, size, etag, modified, checksum, id";

    /// <summary>Name of its file in the upload's folder.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Number}-{Id:N}");

    public static PartRow Read(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3),
        row.IsDBNull(4) ? null : row.GetString(4), new Guid(row.GetFieldValue<byte[]>(5), bigEndian: true));

    public UploadedPart ToPart(UploadChecksum? kind) => new(
        Number, Size, ETag, DateTimeOffset.FromUnixTimeMilliseconds(Modified),
        Checksum is null || kind is null ? null : new ObjectChecksum(kind.Algorithm, Checksum, IsComposite: false));
}
