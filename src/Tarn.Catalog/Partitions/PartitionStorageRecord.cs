using System.Text.Json.Serialization;
using Tarn.Catalog.Tables;

namespace Tarn.Catalog.Partitions;

/// <summary>How a partition's own files are read; the comment of <see cref="PartitionRecord"/> shows it.</summary>
internal sealed record PartitionStorageRecord
{
    [JsonPropertyName("columns")]
    public required IReadOnlyList<ColumnRecord> Columns { get; init; }

    [JsonPropertyName("input_format")]
    public required string InputFormat { get; init; }

    [JsonPropertyName("output_format")]
    public required string OutputFormat { get; init; }

    [JsonPropertyName("serde")]
    public required string SerDe { get; init; }

    [JsonPropertyName("serde_parameters")]
    public required IReadOnlyDictionary<string, string> SerDeParameters { get; init; }

    public static PartitionStorageRecord Of(StorageDescriptor storage) => new()
    {
        Columns = [.. storage.Columns.Select(ColumnRecord.Of)],
        InputFormat = storage.InputFormat,
        OutputFormat = storage.OutputFormat,
        SerDe = storage.SerDe,
        SerDeParameters = storage.SerDeParameters,
    };

    public StorageDescriptor ToStorage(string location) => new()
    {
        Columns = [.. Columns.Select(column => column.ToColumn())],
        Location = location,
        InputFormat = InputFormat,
        OutputFormat = OutputFormat,
        SerDe = SerDe,
        SerDeParameters = SerDeParameters,
    };
}
