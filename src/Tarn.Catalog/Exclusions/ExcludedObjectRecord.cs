using System.Text.Json.Serialization;

namespace Tarn.Catalog.Exclusions;

/// <summary>
/// An object within <see cref="ExclusionRecord"/>: <code>{"name":"a.json.gz", "etag":"900150983cd2…"}</code>
/// </summary>
internal sealed record ExcludedObjectRecord
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}
