using System.Text.Json;
using Tarn.Aws.Glue;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Query.Sources;

namespace Tarn.Aws.Athena;

/// <summary>Databases and tables as https://docs.aws.amazon.com/athena/latest/APIReference/ describes them.</summary>
internal static class MetadataAnswer
{
    /// <summary>A database of the catalog, or one that only live views name.</summary>
    public static async Task<Database> RequireAsync(
        ICatalog catalog, ILiveTables live, string name, CancellationToken cancellation)
    {
        var lower = name.ToLowerInvariant();
        return await catalog.FindDatabaseAsync(lower, cancellation)
            ?? (live.Databases.Contains(lower) ? new Database { Name = lower } : null)
            ?? throw AthenaErrors.NoSuchMetadata($"Database {name} not found.");
    }

    public static void Write(Utf8JsonWriter answer, Database database)
    {
        answer.WriteStartObject();
        answer.WriteString("Name", database.Name);
        if (database.Description.Length > 0)
        {
            answer.WriteString("Description", database.Description);
        }

        if (database.Parameters.Count > 0)
        {
            JsonMaps.Write(answer, "Parameters", database.Parameters);
        }

        answer.WriteEndObject();
    }

    /// <summary>
    /// https://docs.aws.amazon.com/athena/latest/APIReference/API_TableMetadata.html; what the storage says stands
    /// among the parameters, as Athena gives it.
    /// </summary>
    public static void Write(Utf8JsonWriter answer, Table table)
    {
        answer.WriteStartObject();
        answer.WriteString("Name", table.Name.Name);
        answer.WriteNumber("CreateTime", table.CreatedAt.ToUnixTimeMilliseconds() / 1000m);
        answer.WriteString("TableType", table.TableType);
        JsonColumns.Write(answer, "Columns", table.Storage.Columns);
        JsonColumns.Write(answer, "PartitionKeys", table.PartitionKeys);
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(parameters, "", table.Parameters);
        Add(parameters, "serde.param.", table.Storage.SerDeParameters);
        if (!table.Parameters.ContainsKey(ILiveTables.Property))
        {
            parameters["location"] = table.Storage.Location;
            parameters["inputformat"] = table.Storage.InputFormat;
            parameters["outputformat"] = table.Storage.OutputFormat;
            parameters["serde.serialization.lib"] = table.Storage.SerDe;
        }

        JsonMaps.Write(answer, "Parameters", parameters);
        answer.WriteEndObject();
    }

    private static void Add(
        SortedDictionary<string, string> all, string prefix, IEnumerable<KeyValuePair<string, string>> added)
    {
        foreach (var (name, value) in added)
        {
            all[prefix + name] = value;
        }
    }
}
