using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>
/// What an S3 service does not say of an object that came in parts, JSON beside it:
/// <code>
/// {"version": 1, "parts": [{"number": 1, "size": 5242880, "checksum": "NhCmhg=="}, {"number": 2, "size": 7, ...}],
///  "checksum": {"algorithm": "CRC32", "value": "yZRlqg==-2", "composite": true}}
/// </code>
/// Checksums are left out when the upload was begun without. The object names its record by the upload's id, in
/// metadata.
/// </summary>
internal sealed record PartsRecord
{
    public const int VersionNow = 1;

    [JsonPropertyName("version")]
    public required int Version { get; init; }

    [JsonPropertyName("parts")]
    public required IReadOnlyList<StoredParts.StoredPart> Parts { get; init; }

    [JsonPropertyName("checksum")]
    public StoredChecksum? Checksum { get; init; }

    public static PartsRecord From(IEnumerable<ObjectPart> parts, ObjectChecksum? checksum) => new()
    {
        Version = VersionNow,
        Parts = [.. parts.Select(part => new StoredParts.StoredPart(part.Number, part.Size, part.Checksum))],
        Checksum = StoredChecksum.From(checksum),
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, PartsRecordJson.Default.PartsRecord);

    /// <summary>Fails with Damaged; a later version is refused too.</summary>
    public static PartsRecord Read(ObjectKey key, byte[] json)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, PartsRecordJson.Default.PartsRecord);
            return record is { Version: VersionNow } ? record : throw ObjectErrors.Damaged(
                key, "the record of its parts", $"version {record?.Version} is not known to this tarn");
        }
        catch (JsonException failure)
        {
            throw new TarnException(
                ErrorKind.Damaged, $"the record of the parts of {key} is not readable", failure.Message, null, failure);
        }
    }

    /// <summary>The object with its parts, if it has their bytes: a tool may have put others under its name.</summary>
    public ObjectInfo Describe(ObjectInfo info) => Parts.Sum(part => part.Size) != info.Size ? info : info with
    {
        Parts = [.. Parts.Select(part => new ObjectPart(part.Number, part.Size, part.Checksum))],
        Checksum = Checksum?.ToChecksum(),
    };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PartsRecord))]
internal sealed partial class PartsRecordJson : JsonSerializerContext;
