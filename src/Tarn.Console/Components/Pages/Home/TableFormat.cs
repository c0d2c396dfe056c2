using Tarn.Catalog.Tables;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>A table's format in one word, from its SerDe's class name.</summary>
internal static class TableFormat
{
    private static readonly string[] Known = ["Parquet", "Orc", "Avro", "Json", "Csv", "Regex"];

    public static string Of(Table table)
    {
        if (table.Storage.SerDe.Length == 0)
        {
            return table.TableType == "VIRTUAL_VIEW" ? "View" : "–";
        }

        var name = table.Storage.SerDe.Split('.')[^1];
        return Known.FirstOrDefault(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) switch
        {
            "Json" => "JSON",
            "Csv" => "CSV",
            "Orc" => "ORC",
            null => "Text",
            var word => word,
        };
    }
}
