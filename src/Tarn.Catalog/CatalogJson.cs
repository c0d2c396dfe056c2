using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog;

/// <summary>JSON of the catalog's records (docs/formats/metadata.md).</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DatabaseRecord))]
[JsonSerializable(typeof(TableRecord))]
[JsonSerializable(typeof(PartitionRecord))]
[JsonSerializable(typeof(ExclusionRecord))]
internal sealed partial class CatalogJson : JsonSerializerContext
{
    private const int VersionMax = 1;

    /// <summary>Reads a spec. Fails with Damaged, or with Unsupported when a later tarn wrote it.</summary>
    public static T Read<T>(Resource resource, JsonTypeInfo<T> type, Func<T, int> version)
    {
        try
        {
            var record = JsonSerializer.Deserialize(resource.Spec, type) ?? throw new JsonException("null");
            return version(record) <= VersionMax
                ? record
                : throw new TarnException(
                    ErrorKind.Unsupported,
                    $"{resource.Kind} '{resource.Name}' has record version {version(record)}",
                    $"this tarn knows versions up to {VersionMax}",
                    hint: "start the data directory with the tarn that wrote it, or a later one");
        }
        catch (JsonException failure)
        {
            throw new TarnException(
                ErrorKind.Damaged, $"{resource.Kind} '{resource.Name}' in metadata.db is damaged", failure.Message,
                cause: failure);
        }
    }
}
