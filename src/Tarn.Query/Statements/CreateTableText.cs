using System.Globalization;
using Tarn.Catalog.Tables;

namespace Tarn.Query.Statements;

/// <summary>SHOW CREATE TABLE, line by line as Athena prints it. Pure.</summary>
internal static class CreateTableText
{
    public static IReadOnlyList<string> Of(Table table)
    {
        var lines = new List<string> { $"CREATE EXTERNAL TABLE `{table.Name}`(" };
        lines.AddRange(Items([.. table.Storage.Columns.Select(ColumnText)], ")"));
        if (table.Description.Length > 0)
        {
            lines.Add($"COMMENT {Quote(table.Description)}");
        }

        if (table.PartitionKeys.Count > 0)
        {
            lines.Add("PARTITIONED BY ( ");
            lines.AddRange(Items([.. table.PartitionKeys.Select(ColumnText)], ")"));
        }

        if (table.Storage.Buckets is { } buckets)
        {
            lines.Add("CLUSTERED BY ( ");
            lines.AddRange(Items([.. buckets.Columns.Select(column => $"`{column}`")], ") "));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"INTO {buckets.Count} BUCKETS"));
        }

        lines.AddRange(["ROW FORMAT SERDE ", $"  {Quote(table.Storage.SerDe)} "]);
        if (table.Storage.SerDeParameters.Count > 0)
        {
            lines.Add("WITH SERDEPROPERTIES ( ");
            lines.AddRange(Items(Properties(table.Storage.SerDeParameters), ") "));
        }

        lines.AddRange(
        [
            "STORED AS INPUTFORMAT ", $"  {Quote(table.Storage.InputFormat)} ",
            "OUTPUTFORMAT ", $"  {Quote(table.Storage.OutputFormat)}",
            "LOCATION", $"  {Quote(table.Storage.Location)}",
        ]);
        var properties = table.Parameters.Where(pair => pair.Key != "EXTERNAL").ToDictionary();
        if (properties.Count > 0)
        {
            lines.Add("TBLPROPERTIES (");
            lines.AddRange(Items(Properties(properties), ")"));
        }

        return lines;
    }

    private static IEnumerable<string> Items(IReadOnlyList<string> items, string end) =>
        items.Select((item, i) => $"  {item}{(i < items.Count - 1 ? ", " : end)}");

    private static string ColumnText(Column column) =>
        $"`{column.Name}` {column.Type}{(column.Comment.Length > 0 ? $" COMMENT {Quote(column.Comment)}" : "")}";

    private static IReadOnlyList<string> Properties(IReadOnlyDictionary<string, string> properties) =>
        [.. properties.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{Quote(pair.Key)}={Quote(pair.Value)}")];

    /// <summary>Control characters as Hive's DDL writes them, so that the text can be run again.</summary>
    private static string Quote(string text) => "'" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\u0001", "\\u0001", StringComparison.Ordinal) + "'";
}
