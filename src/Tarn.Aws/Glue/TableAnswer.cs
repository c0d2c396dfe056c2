using System.Globalization;
using System.Text.Json;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_Table.html</summary>
internal static class TableAnswer
{
    public static void Write(Utf8JsonWriter answer, Table table, LakeIdentity lake)
    {
        answer.WriteStartObject();
        answer.WriteString("Name", table.Name.Name);
        answer.WriteString("DatabaseName", table.Name.Database);
        answer.WriteString("Description", table.Description);
        answer.WriteNumber("CreateTime", table.CreatedAt.ToUnixTimeMilliseconds() / 1000m);
        answer.WriteNumber("UpdateTime", table.UpdatedAt.ToUnixTimeMilliseconds() / 1000m);
        answer.WritePropertyName("StorageDescriptor");
        WriteStorage(answer, table.Storage, table.Storage.Location);
        JsonColumns.Write(answer, "PartitionKeys", table.PartitionKeys);
        if (table.ViewOriginalText is { } view)
        {
            answer.WriteString("ViewOriginalText", view);
        }

        answer.WriteString("TableType", table.TableType);
        JsonMaps.Write(answer, "Parameters", table.Parameters);
        answer.WriteString("CatalogId", lake.AccountId);
        answer.WriteString("VersionId", table.Version.ToString(CultureInfo.InvariantCulture));
        answer.WriteEndObject();
    }

    public static void WriteStorage(Utf8JsonWriter answer, StorageDescriptor storage, string location)
    {
        answer.WriteStartObject();
        JsonColumns.Write(answer, "Columns", storage.Columns);
        answer.WriteString("Location", location);
        answer.WriteString("InputFormat", storage.InputFormat);
        answer.WriteString("OutputFormat", storage.OutputFormat);
        answer.WriteStartObject("SerdeInfo");
        answer.WriteString("SerializationLibrary", storage.SerDe);
        JsonMaps.Write(answer, "Parameters", storage.SerDeParameters);
        answer.WriteEndObject();
        if (storage.Buckets is { } buckets)
        {
            answer.WriteNumber("NumberOfBuckets", buckets.Count);
            answer.WriteStartArray("BucketColumns");
            foreach (var column in buckets.Columns)
            {
                answer.WriteStringValue(column);
            }

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
    }
}
