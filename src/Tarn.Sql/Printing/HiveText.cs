using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Printing;

/// <summary>Names, strings and lists in Hive's spelling: names always in back quotes.</summary>
internal static partial class HiveText
{
    public static string Name(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public static string Table(TableRef table) => string.Join(
        '.', new[] { table.Catalog, table.Database, table.Name }.OfType<string>().Select(Name));

    public static string Text(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '\\' => @"\\",
                '\'' => @"\'",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                < ' ' or '\u007f' => $@"\{(c >> 6) & 7}{(c >> 3) & 7}{c & 7}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('\'').ToString();
    }

    public static string Properties(IEnumerable<KeyValuePair<string, string>> properties) =>
        $"({string.Join(", ", properties.Select(pair => $"{Text(pair.Key)} = {Text(pair.Value)}"))})";

    public static string Columns(IEnumerable<ColumnDefinition> columns) =>
        $"({string.Join(", ", columns.Select(Column))})";

    public static string Column(ColumnDefinition column) =>
        $"{Name(column.Name)} {Type(column.Type)}{(column.Comment is null ? "" : $" COMMENT {Text(column.Comment)}")}";

    public static string Partition(PartitionSpec partition)
    {
        var values = partition.Values.Select(pair => $"{Name(pair.Column)} = {Text(pair.Value)}");
        return $"PARTITION ({string.Join(", ", values)})";
    }

    public static string Bucketing(Bucketing bucketing)
    {
        var sorted = bucketing.SortedBy.Select(key => Name(key.Column) + (key.IsDescending ? " DESC" : ""));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"CLUSTERED BY ({string.Join(", ", bucketing.Columns.Select(Name))}) "
                + $"{(bucketing.SortedBy.Count == 0 ? "" : $"SORTED BY ({string.Join(", ", sorted)}) ")}"
                + $"INTO {bucketing.Count} BUCKETS");
    }

    public static string Format(RowFormat format)
    {
        if (format is RowFormat.SerDe serDe)
        {
            return $"ROW FORMAT SERDE {Text(serDe.Class)}"
                + (serDe.Properties.Count == 0 ? "" : $" WITH SERDEPROPERTIES {Properties(serDe.Properties)}");
        }

        var delimited = (RowFormat.Delimited)format;
        return "ROW FORMAT DELIMITED"
            + Clause("FIELDS TERMINATED BY", delimited.Fields)
            + Clause("ESCAPED BY", delimited.Escape)
            + Clause("COLLECTION ITEMS TERMINATED BY", delimited.CollectionItems)
            + Clause("MAP KEYS TERMINATED BY", delimited.MapKeys)
            + Clause("LINES TERMINATED BY", delimited.Lines)
            + Clause("NULL DEFINED AS", delimited.Null);
    }

    public static string Clause(string words, string? text) => text is null ? "" : $" {words} {Text(text)}";

    /// <summary>Fields of structs go into back quotes where they are no plain words.</summary>
    private static string Type(string type) => FieldName().Replace(type, match => $"{Name(match.Groups[1].Value)}:");

    [GeneratedRegex("(?<=[<,])([^<>,:]*[^<>,:A-Za-z0-9_][^<>,:]*|[0-9][^<>,:]*):")]
    private static partial Regex FieldName();
}
