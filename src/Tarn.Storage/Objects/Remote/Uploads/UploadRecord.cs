using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>
/// The object that stands for an upload under way, JSON:
/// <code>
/// {"version": 1, "key": "a/b.csv", "upload": "2~x", "initiated": 1700000000000, "content_type": "text/csv",
///  "attributes": "{\"tags\": {\"team\": \"a\"}, \"checksum\": {\"algorithm\": \"CRC32C\"}}"}
/// </code>
/// <c>upload</c> is the service's own id; <c>attributes</c> is a <see cref="StoredAttributes"/>, left out when there
/// are none. Bucket and Tarn's id are in the object's name.
/// </summary>
internal sealed record UploadRecord
{
    public const int VersionNow = 1;

    [JsonPropertyName("version")]
    public required int Version { get; init; }

    [JsonPropertyName("key")]
    public required string Key { get; init; }

    [JsonPropertyName("upload")]
    public required string Upload { get; init; }

    [JsonPropertyName("initiated")]
    public required long Initiated { get; init; }

    [JsonPropertyName("content_type")]
    public required string ContentType { get; init; }

    [JsonPropertyName("attributes")]
    public string? Attributes { get; init; }

    public static UploadRecord From(MultipartUpload upload, string serviceId) => new()
    {
        Version = VersionNow,
        Key = upload.Key.Key,
        Upload = serviceId,
        Initiated = upload.Initiated.ToUnixTimeMilliseconds(),
        ContentType = upload.Attributes.ContentType,
        Attributes = StoredAttributes.Write(
            upload.Attributes,
            upload.Checksum is { } kind ? StoredChecksum.From(kind.Algorithm, value: null, kind.IsComposite) : null),
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, UploadRecordJson.Default.UploadRecord);

    /// <summary>Fails with Damaged; a later version is refused too.</summary>
    public static UploadRecord Read(string name, byte[] json)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, UploadRecordJson.Default.UploadRecord);
            return record is { Version: VersionNow } ? record : throw Damaged(
                name, $"version {record?.Version} is not known to this tarn", null);
        }
        catch (JsonException failure)
        {
            throw Damaged(name, failure.Message, failure);
        }
    }

    public MultipartUpload ToUpload(string bucket, string id)
    {
        var stored = StoredAttributes.Read(Attributes);
        return new MultipartUpload(
            new ObjectKey(bucket, Key), id, DateTimeOffset.FromUnixTimeMilliseconds(Initiated),
            stored.ToAttributes(ContentType),
            stored.Checksum is { } kind
                ? new UploadChecksum(StoredChecksum.Parse(kind.Algorithm), kind.IsComposite ?? false)
                : null);
    }

    private static TarnException Damaged(string name, string what, Exception? cause) =>
        new(ErrorKind.Damaged, $"the record of an upload, '{name}', is not readable", what, cause: cause);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadRecord))]
internal sealed partial class UploadRecordJson : JsonSerializerContext;
