using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Exclusions;

/// <summary>
/// The spec of a resource of kind <c>excluded-objects</c>; the resource's name is the exclusion's id.
/// <code>{"v":1, "folder":"s3://lake/raw/scores/hour=04/", "objects":[{"name":"a.json.gz", "etag":"900150983cd2…"},
/// {"name":"compacted-0193….json.gz"}]}</code> etag is left out where any bytes are excluded.
/// </summary>
internal sealed record ExclusionRecord
{
    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("folder")]
    public required string Folder { get; init; }

    [JsonPropertyName("objects")]
    public required IReadOnlyList<ExcludedObjectRecord> Objects { get; init; }

    public static string Write(Exclusion exclusion) => JsonSerializer.Serialize(
        new ExclusionRecord
        {
            Version = 1,
            Folder = exclusion.Folder,
            Objects = [.. exclusion.Objects.Select(
                item => new ExcludedObjectRecord { Name = item.Name, ETag = item.ETag })],
        },
        CatalogJson.Default.ExclusionRecord);

    public static Exclusion Read(Resource resource)
    {
        var record = CatalogJson.Read(resource, CatalogJson.Default.ExclusionRecord, record => record.Version);
        return new Exclusion(
            resource.Name, record.Folder, [.. record.Objects.Select(item => new ExcludedObject(item.Name, item.ETag))]);
    }
}
