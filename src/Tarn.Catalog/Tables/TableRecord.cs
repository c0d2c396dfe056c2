using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Tables;

/// <summary>
/// The spec of a resource of kind <c>table</c>; the resource's name is DATABASE/TABLE and its version the table's.
/// <code>
/// {"v":1, "description":"", "type":"EXTERNAL_TABLE",
///  "columns":[{"name":"score", "type":"int", "comment":"points"}], "partition_keys":[{"name":"year", "type":"int"}],
///  "location":"s3://lake/raw/scores/", "input_format":"...", "output_format":"...", "serde":"...",
///  "serde_parameters":{}, "parameters":{}, "view_text":"...",
///  "created":"2026-11-23T04:00:00+00:00", "updated":"2026-11-23T04:00:00+00:00"}
/// </code>
/// comment, view_text and <c>"buckets":{"columns":["user"], "count":16}</c> are left out when there is none.
/// </summary>
internal sealed record TableRecord
{
    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("type")]
    public required string TableType { get; init; }

    [JsonPropertyName("columns")]
    public required IReadOnlyList<ColumnRecord> Columns { get; init; }

    [JsonPropertyName("partition_keys")]
    public required IReadOnlyList<ColumnRecord> PartitionKeys { get; init; }

    [JsonPropertyName("location")]
    public required string Location { get; init; }

    [JsonPropertyName("input_format")]
    public required string InputFormat { get; init; }

    [JsonPropertyName("output_format")]
    public required string OutputFormat { get; init; }

    [JsonPropertyName("serde")]
    public required string SerDe { get; init; }

    [JsonPropertyName("serde_parameters")]
    public required IReadOnlyDictionary<string, string> SerDeParameters { get; init; }

    [JsonPropertyName("buckets")]
    public TableBucketsRecord? Buckets { get; init; }

    [JsonPropertyName("parameters")]
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    [JsonPropertyName("view_text")]
    public string? ViewText { get; init; }

    [JsonPropertyName("created")]
    public required DateTimeOffset Created { get; init; }

    [JsonPropertyName("updated")]
    public required DateTimeOffset Updated { get; init; }

    public static string Write(Table table) => JsonSerializer.Serialize(
        new TableRecord
        {
            Version = 1,
            Description = table.Description,
            TableType = table.TableType,
            Columns = [.. table.Storage.Columns.Select(ColumnRecord.Of)],
            PartitionKeys = [.. table.PartitionKeys.Select(ColumnRecord.Of)],
            Location = table.Storage.Location,
            InputFormat = table.Storage.InputFormat,
            OutputFormat = table.Storage.OutputFormat,
            SerDe = table.Storage.SerDe,
            SerDeParameters = table.Storage.SerDeParameters,
            Buckets = table.Storage.Buckets is { } buckets
                ? new TableBucketsRecord { Columns = buckets.Columns, Count = buckets.Count }
                : null,
            Parameters = table.Parameters,
            ViewText = table.ViewOriginalText,
            Created = table.CreatedAt,
            Updated = table.UpdatedAt,
        },
        CatalogJson.Default.TableRecord);

    public static Table Read(Resource resource)
    {
        var record = CatalogJson.Read(resource, CatalogJson.Default.TableRecord, record => record.Version);
        var slash = resource.Name.IndexOf('/', StringComparison.Ordinal);
        return new Table
        {
            Name = new TableName(resource.Name[..slash], resource.Name[(slash + 1)..]),
            Description = record.Description,
            TableType = record.TableType,
            PartitionKeys = [.. record.PartitionKeys.Select(column => column.ToColumn())],
            Storage = new StorageDescriptor
            {
                Columns = [.. record.Columns.Select(column => column.ToColumn())],
                Location = record.Location,
                InputFormat = record.InputFormat,
                OutputFormat = record.OutputFormat,
                SerDe = record.SerDe,
                SerDeParameters = record.SerDeParameters,
                Buckets = record.Buckets is { } buckets ? new TableBuckets(buckets.Columns, buckets.Count) : null,
            },
            Parameters = record.Parameters,
            ViewOriginalText = record.ViewText,
            CreatedAt = record.Created,
            UpdatedAt = record.Updated,
            Version = resource.Version,
        };
    }
}
