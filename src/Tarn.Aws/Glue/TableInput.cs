using Tarn.Aws.Protocol.Json;
using Tarn.Catalog.Tables;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html</summary>
internal static class TableInput
{
    private static readonly string[] Neutral =
    [
        "Compressed", "SortColumns", "Parameters", "SkewedInfo",
        "StoredAsSubDirectories",
    ];

    public static Table Read(JsonMembers input, string database)
    {
        var table = new Table
        {
            Name = new TableName(database.ToLowerInvariant(), input.RequiredText("Name").ToLowerInvariant()),
            Description = input.Text("Description") ?? "",
        };
        input.TakeNeutral("Retention");
        if (input.Object("StorageDescriptor") is { } storage)
        {
            table = table with { Storage = ReadStorage(storage) };
        }

        return table with
        {
            PartitionKeys = ReadColumns(input, "PartitionKeys"),
            ViewOriginalText = input.Text("ViewOriginalText") is { Length: > 0 } view ? view : null,
            TableType = input.Text("TableType") ?? table.TableType,
            Parameters = input.Map("Parameters") ?? table.Parameters,
        };
    }

    private static StorageDescriptor ReadStorage(JsonMembers members)
    {
        foreach (var neutral in Neutral)
        {
            members.TakeNeutral(neutral);
        }

        var storage = new StorageDescriptor
        {
            Columns = ReadColumns(members, "Columns"),
            Location = members.Text("Location") ?? "",
            InputFormat = members.Text("InputFormat") ?? "",
            OutputFormat = members.Text("OutputFormat") ?? "",
            Buckets = ReadBuckets(members),
        };
        var serde = members.Object("SerdeInfo");
        return storage with
        {
            SerDe = serde?.Text("SerializationLibrary") ?? "",
            SerDeParameters = serde?.Map("Parameters") ?? storage.SerDeParameters,
        };
    }

    private static TableBuckets? ReadBuckets(JsonMembers members)
    {
        var columns = members.Texts("BucketColumns") ?? [];
        var count = members.Number("NumberOfBuckets", int.MinValue, int.MaxValue) ?? 0;
        if (columns.Count > 0 && count > 0)
        {
            return new TableBuckets([.. columns.Select(column => column.ToLowerInvariant())], count);
        }

        members.TakeNeutral("BucketColumns");
        members.TakeNeutral("NumberOfBuckets");
        return null;
    }

    private static IReadOnlyList<Column> ReadColumns(JsonMembers members, string name) =>
    [
        .. (members.Objects(name) ?? []).Select(column =>
        {
            column.TakeNeutral("Parameters");
            return new Column(
                column.RequiredText("Name").ToLowerInvariant(),
                column.RequiredText("Type"),
                column.Text("Comment") ?? "");
        }),
    ];
}
