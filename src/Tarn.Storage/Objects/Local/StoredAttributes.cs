using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// The column <c>attributes</c> of an object's row:
/// <code>{"headers": {"cache-control": "no-cache"}, "metadata": {"author": "me"}}</code>
/// Either member is left out when empty; the column is null when both are. The content type has its own column.
/// </summary>
internal sealed record StoredAttributes
{
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonPropertyName("metadata")]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public static string? Write(ObjectAttributes attributes)
    {
        if (attributes.Headers.Count == 0 && attributes.Metadata.Count == 0)
        {
            return null;
        }

        var stored = new StoredAttributes
        {
            Headers = attributes.Headers.Count == 0 ? null : attributes.Headers,
            Metadata = attributes.Metadata.Count == 0 ? null : attributes.Metadata,
        };
        return JsonSerializer.Serialize(stored, StoredAttributesJson.Default.StoredAttributes);
    }

    public static ObjectAttributes Read(string contentType, string? json)
    {
        var stored = json is null
            ? null
            : JsonSerializer.Deserialize(json, StoredAttributesJson.Default.StoredAttributes);
        return new ObjectAttributes
        {
            ContentType = contentType,
            Headers = stored?.Headers ?? ObjectAttributes.None.Headers,
            Metadata = stored?.Metadata ?? ObjectAttributes.None.Metadata,
        };
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredAttributes))]
internal sealed partial class StoredAttributesJson : JsonSerializerContext;
