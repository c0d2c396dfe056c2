using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// The column <c>parts</c> of <c>object_parts</c>, for an object that arrived in parts:
/// <code>
/// {"upload": "019a...", "parts": [{"number": 1, "size": 5242880, "checksum": "NhCmhg=="}, {"number": 2, "size": 7}]}
/// </code>
/// The upload's id lets a repeated completion find what the first one made.
/// </summary>
internal sealed record StoredParts
{
    [JsonPropertyName("upload")]
    public required string Upload { get; init; }

    [JsonPropertyName("parts")]
    public required IReadOnlyList<StoredPart> Parts { get; init; }

    public static string Write(Guid upload, IEnumerable<ObjectPart> parts)
    {
        var stored = new StoredParts
        {
            Upload = upload.ToString("N"),
            Parts = [.. parts.Select(part => new StoredPart(part.Number, part.Size, part.Checksum))],
        };
        return JsonSerializer.Serialize(stored, StoredPartsJson.Default.StoredParts);
    }

    public static StoredParts Read(string json) =>
        JsonSerializer.Deserialize(json, StoredPartsJson.Default.StoredParts)!;

    public IReadOnlyList<ObjectPart> ToParts() =>
        [.. Parts.Select(part => new ObjectPart(part.Number, part.Size, part.Checksum))];

    internal sealed record StoredPart(
        [property: JsonPropertyName("number")] int Number,
        [property: JsonPropertyName("size")] long Size,
        [property: JsonPropertyName("checksum")] string? Checksum);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredParts))]
internal sealed partial class StoredPartsJson : JsonSerializerContext;
