using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Catalog.Tables;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Partitions;

/// <summary>
/// The spec of a resource of kind <c>partition</c>; the resource's name is DATABASE/TABLE/VALUES (see CatalogNames).
/// <code>{"v":1, "values":["2026","11"], "location":"s3://lake/raw/scores/year=2026/month=11/",
/// "created":"2026-..."}</code>
/// A partition whose files are not as the table says also has
/// <code>"storage":{"columns":[...], "input_format":"...", "output_format":"...", "serde":"...",
/// "serde_parameters":{}}</code>
/// </summary>
internal sealed record PartitionRecord
{
    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("values")]
    public required IReadOnlyList<string> Values { get; init; }

    [JsonPropertyName("location")]
    public required string Location { get; init; }

    [JsonPropertyName("created")]
    public required DateTimeOffset Created { get; init; }

    [JsonPropertyName("storage")]
    public PartitionStorageRecord? Storage { get; init; }

    public static string Write(Partition partition) => JsonSerializer.Serialize(
        new PartitionRecord
        {
            Version = 1,
            Values = partition.Values,
            Location = partition.Location,
            Created = partition.CreatedAt,
            Storage = partition.Storage is { } storage ? PartitionStorageRecord.Of(storage) : null,
        },
        CatalogJson.Default.PartitionRecord);

    public static Partition Read(Resource resource)
    {
        var record = CatalogJson.Read(resource, CatalogJson.Default.PartitionRecord, record => record.Version);
        return new Partition(record.Values, record.Location, record.Created)
        {
            Storage = record.Storage?.ToStorage(record.Location),
        };
    }
}
