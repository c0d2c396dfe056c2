using Tarn.Catalog.Tables;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>A column that has one value for all rows of a file: a partition key or a hidden column.</summary>
/// <param name="Text">The value as text that casts to the type; null: NULL.</param>
internal sealed record FileConstant(string Name, SqlType Type, Func<OpenFile, string?> Text)
{
    /// <summary>Those that the scan uses.</summary>
    public static IReadOnlyList<FileConstant> Of(TableScan scan, BoundTable bound)
    {
        var table = bound.Table!;
        var keys = table.PartitionKeys.Select((key, index) => (Name: key.Name.ToLowerInvariant(), Index: index))
            .Where(key => scan.Columns.Contains(key.Name))
            .Select(key => new FileConstant(
                key.Name, bound.Types[key.Name], file => KeyText(file.Partition.Values[key.Index])));
        var hidden = HiddenColumns.All
            .Where(column => scan.Columns.Contains(column.Name))
            .Select(column => new FileConstant(
                column.Name, column.Type, file => HiddenColumns.Value(column.Name, table, file)));
        return [.. keys, .. hidden];
    }

    private static string? KeyText(string value) => TableFiles.IsNull(value) ? null : value;
}
