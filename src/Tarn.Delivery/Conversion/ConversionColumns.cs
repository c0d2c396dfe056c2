using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Catalog.Types;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion;

/// <summary>From a table's Hive columns to those of a Parquet file. Partition keys are not written.</summary>
internal static class ConversionColumns
{
    /// <summary>Throws Invalid or Unsupported, naming the column, for a type that cannot be written.</summary>
    public static IReadOnlyList<DuckDbColumn> Of(Table table)
    {
        var columns = table.Storage.Columns;
        return columns.Count > 0
            ? [.. columns.Select(column => new DuckDbColumn(column.Name, Print(column, table.Name)))]
            : throw new TarnException(
                ErrorKind.Invalid, $"table '{table.Name}' has no columns", hint: "declare those of the records");
    }

    private static string Print(Column column, TableName table)
    {
        try
        {
            return Print(HiveType.Parse(column.Type));
        }
        catch (TarnException failure)
        {
            throw new TarnException(
                failure.Kind,
                $"column '{column.Name}' of table '{table}' cannot be converted: {failure.Message}",
                failure.Detail,
                failure.Hint,
                failure);
        }
    }

    private static string Print(HiveType type) => type switch
    {
        HiveType.Primitive primitive => Print(primitive.Kind),
        HiveType.Decimal number => Invariant($"DECIMAL({number.Precision},{number.Scale})"),
        HiveType.Varchar text => Invariant($"VARCHAR({text.Length})"),
        HiveType.Char text => Invariant($"VARCHAR({text.Length})"),
        HiveType.Array array => Print(array.Element) + "[]",
        HiveType.Map { Key: HiveType.Primitive { Kind: HivePrimitive.String } or HiveType.Varchar } map =>
            $"MAP({Print(map.Key)}, {Print(map.Value)})",
        HiveType.Map map => throw new TarnException(
            ErrorKind.Unsupported, $"JSON has no keys of type '{map.Key}'", hint: "use map<string,...>"),
        HiveType.Struct value =>
            $"STRUCT({string.Join(", ", value.Fields.Select(field => $"{Quote(field.Name)} {Print(field.Type)}"))})",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, message: null),
    };

    private static string Print(HivePrimitive kind) => kind switch
    {
        HivePrimitive.Int => "INTEGER",
        HivePrimitive.String => "VARCHAR",
        HivePrimitive.Binary => "BLOB",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
