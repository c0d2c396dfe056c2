using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Query.Writing.Commits;

/// <summary>
/// The spec of a resource of kind <c>query-write</c>, named by the execution's id: what a statement writes.
/// <code>
/// {"v":1, "state":"Writing", "objects":["s3://lake/t/0193…-0.parquet"], "exclusions":["write-0193…-0"], "rows":12,
///  "manifest":"s3://lake/results/0193…-manifest.csv", "changed":"2026-11-23T04:00:00+00:00"}
/// </code>
/// </summary>
internal sealed record WriteRecord
{
    public const string Kind = "query-write";

    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    [JsonPropertyName("state")]
    public required WriteState State { get; init; }

    [JsonPropertyName("objects")]
    public required IReadOnlyList<string> Objects { get; init; }

    /// <summary>Ids of what hides the objects while they are put, and afterwards tells readers of it.</summary>
    [JsonPropertyName("exclusions")]
    public required IReadOnlyList<string> Exclusions { get; init; }

    [JsonPropertyName("rows")]
    public required long Rows { get; init; }

    [JsonPropertyName("manifest")]
    public required string Manifest { get; init; }

    [JsonPropertyName("changed")]
    public required DateTimeOffset Changed { get; init; }

    public string Write() => JsonSerializer.Serialize(this, WriteJson.Default.WriteRecord);

    public static WriteRecord Read(Resource resource)
    {
        var record = JsonSerializer.Deserialize(resource.Spec, WriteJson.Default.WriteRecord);
        return record is { Version: 1 }
            ? record
            : throw new TarnException(
                ErrorKind.Damaged,
                $"what query execution '{resource.Name}' wrote is stored in a layout that this version does not know");
    }
}
