using System.Globalization;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Query.Views;

namespace Tarn.Query.Statements;

/// <summary>DESCRIBE in its forms, as Athena prints them: fields between tabs, padded to 20. Pure.</summary>
internal static class DescribeText
{
    private const int FieldWidth = 20;
    private const int NameWidth = 32;

    private static readonly string[] Header = ["# col_name", "data_type", "comment"];

    public static IReadOnlyList<string> Plain(IReadOnlyList<Column> columns, IReadOnlyList<Column> keys)
    {
        var lines = columns.Concat(keys).Select(Line).ToList();
        if (keys.Count > 0)
        {
            lines.AddRange(["", "# Partition Information", Fields(Header), ""]);
            lines.AddRange(keys.Select(Line));
        }

        return lines;
    }

    /// <param name="partition">The one asked for, or null.</param>
    public static IReadOnlyList<string> Formatted(Table table, Database? database, Partition? partition)
    {
        List<string> lines = [Fields(Header), "", .. table.Storage.Columns.Select(Line)];
        if (table.PartitionKeys.Count > 0)
        {
            lines.AddRange(["", "# Partition Information", Fields(Header), ""]);
            lines.AddRange(table.PartitionKeys.Select(Line));
        }

        lines.AddRange(["", partition is null ? "# Detailed Table Information" : "# Detailed Partition Information"]);
        if (partition is not null)
        {
            lines.Add(Pair("Partition Value:", $"[{string.Join(", ", partition.Values)}]"));
        }

        lines.AddRange(
        [
            Pair("Database:", table.Name.Database),
            Pair("CreateTime:", Time(partition?.CreatedAt ?? table.CreatedAt)),
            Pair("LastAccessTime:", "UNKNOWN"),
            Pair("Location:", partition?.Location ?? table.Storage.Location),
            Pair("Table Type:", table.TableType),
            "Table Parameters:\t",
            .. table.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(Parameter),
            "", "# Storage Information",
        ]);
        var storage = table.Storage;
        lines.AddRange(
        [
            Pair("SerDe Library:", storage.SerDe),
            Pair("InputFormat:", storage.InputFormat),
            Pair("OutputFormat:", storage.OutputFormat),
            Pair("Compressed:", "No"),
            Pair("Num Buckets:", (storage.Buckets?.Count ?? -1).ToString(CultureInfo.InvariantCulture)),
            Pair("Bucket Columns:", $"[{string.Join(", ", storage.Buckets?.Columns ?? [])}]"),
            Pair("Sort Columns:", "[]"),
            "Storage Desc Params:\t",
            .. storage.SerDeParameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(Parameter),
        ]);
        if (PrestoView.Is(table))
        {
            lines.AddRange(["", "# View Information", Pair("View Original Text:", table.ViewOriginalText ?? "")]);
        }

        if (database?.Description is { Length: > 0 } description)
        {
            lines.Add(Pair("Database Comment:", description));
        }

        return lines;
    }

    /// <summary>The columns, then all that is known of the table on one line.</summary>
    public static IReadOnlyList<string> Extended(Table table)
    {
        var columns = string.Join(
            ", ", table.Storage.Columns.Concat(table.PartitionKeys).Select(column =>
                $"FieldSchema(name:{column.Name}, type:{column.Type}, comment:{Comment(column)})"));
        var keys = string.Join(", ", table.PartitionKeys.Select(key =>
            $"FieldSchema(name:{key.Name}, type:{key.Type}, comment:{Comment(key)})"));
        var parameters = string.Join(
            ", ", table.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={pair.Value}"));
        var storage = $"StorageDescriptor(cols:[{columns}], location:{table.Storage.Location}, "
            + $"inputFormat:{table.Storage.InputFormat}, outputFormat:{table.Storage.OutputFormat}, "
            + $"serdeInfo:SerDeInfo(serializationLib:{table.Storage.SerDe}))";
        return
        [
            .. Plain(table.Storage.Columns, table.PartitionKeys),
            "",
            $"Detailed Table Information\tTable(tableName:{table.Name.Name}, dbName:{table.Name.Database}, "
                + $"createTime:{Seconds(table.CreatedAt)}, sd:{storage}, "
                + $"partitionKeys:[{keys}], parameters:{{{parameters}}}, tableType:{table.TableType})",
        ];
    }

    private static string Comment(Column column) => column.Comment.Length > 0 ? column.Comment : "null";

    private static string Line(Column column) => Fields(column.Name, column.Type, column.Comment);

    private static string Fields(params ReadOnlySpan<string> fields)
    {
        var padded = new string[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            padded[i] = fields[i].PadRight(FieldWidth);
        }

        return string.Join('\t', padded);
    }

    private static string Pair(string name, string value) => $"{name.PadRight(NameWidth)}\t{value}";

    private static string Parameter(KeyValuePair<string, string> pair) => "\t" + Pair(pair.Key, pair.Value);

    private static string Seconds(DateTimeOffset at) =>
        at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}
