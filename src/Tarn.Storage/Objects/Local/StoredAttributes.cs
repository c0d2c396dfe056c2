using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// The column <c>attributes</c> of an object's row:
/// <code>
/// {"headers": {"cache-control": "no-cache"}, "metadata": {"author": "me"}, "tags": {"team": "a"},
///  "checksum": {"algorithm": "CRC32", "value": "NhCmhg=="}}
/// </code>
/// A member is left out when empty; the column is null when all are. The content type has its own column.
/// </summary>
internal sealed record StoredAttributes
{
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonPropertyName("metadata")]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    [JsonPropertyName("tags")]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [JsonPropertyName("checksum")]
    public StoredChecksum? Checksum { get; init; }

    public static string? Write(ObjectAttributes attributes, StoredChecksum? checksum)
    {
        var stored = new StoredAttributes
        {
            Headers = Some(attributes.Headers),
            Metadata = Some(attributes.Metadata),
            Tags = Some(attributes.Tags),
            Checksum = checksum,
        };
        return stored == new StoredAttributes()
            ? null
            : JsonSerializer.Serialize(stored, StoredAttributesJson.Default.StoredAttributes);
    }

    public static StoredAttributes Read(string? json) => json is null
        ? new StoredAttributes()
        : JsonSerializer.Deserialize(json, StoredAttributesJson.Default.StoredAttributes)!;

    public ObjectAttributes ToAttributes(string contentType) => new()
    {
        ContentType = contentType,
        Headers = Headers ?? ObjectAttributes.None.Headers,
        Metadata = Metadata ?? ObjectAttributes.None.Metadata,
        Tags = Tags ?? ObjectAttributes.None.Tags,
    };

    private static IReadOnlyDictionary<string, string>? Some(IReadOnlyDictionary<string, string> values) =>
        values.Count == 0 ? null : values;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredAttributes))]
internal sealed partial class StoredAttributesJson : JsonSerializerContext;
