using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Databases;

/// <summary>
/// The spec of a resource of kind <c>database</c>; its name is the resource's.
/// <code>{"v":1, "description":"", "location":"s3://lake/db/", "parameters":{},
/// "created":"2026-11-23T04:00:00+00:00"}</code> location is left out when there is none.
/// </summary>
internal sealed record DatabaseRecord
{
    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("location")]
    public string? Location { get; init; }

    [JsonPropertyName("parameters")]
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    [JsonPropertyName("created")]
    public required DateTimeOffset Created { get; init; }

    public static string Write(Database database) => JsonSerializer.Serialize(
        new DatabaseRecord
        {
            Version = 1,
            Description = database.Description,
            Location = database.LocationUri,
            Parameters = database.Parameters,
            Created = database.CreatedAt,
        },
        CatalogJson.Default.DatabaseRecord);

    public static Database Read(Resource resource)
    {
        var record = CatalogJson.Read(resource, CatalogJson.Default.DatabaseRecord, record => record.Version);
        return new Database
        {
            Name = resource.Name,
            Description = record.Description,
            LocationUri = record.Location,
            Parameters = record.Parameters,
            CreatedAt = record.Created,
        };
    }
}
