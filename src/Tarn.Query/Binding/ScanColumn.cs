using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>A column of the table that a scan uses, and where files of one descriptor have it.</summary>
/// <param name="Type">As the table declares it.</param>
/// <param name="Position">Among the descriptor's columns; -1: the files do not have it.</param>
/// <param name="Stored">As the descriptor declares it: the type that files are read by.</param>
internal sealed record ScanColumn(string Name, SqlType Type, int Position, SqlType Stored)
{
    /// <summary>The name that files have it by, in lower case.</summary>
    public string InFile { get; init; } = Name;

    /// <summary>
    /// Text has columns by position: the table's first is the partition's first, whatever their names. Other formats
    /// have them by name unless the table says otherwise. Throws HIVE_PARTITION_SCHEMA_MISMATCH for a partition whose
    /// type cannot be read as the table's.
    /// </summary>
    public static IReadOnlyList<ScanColumn> Of(
        TableScan scan, BoundTable bound, StorageDescriptor storage, string partition, bool isByName)
    {
        var own = storage.Columns;
        var columns = new List<ScanColumn>();
        var table = bound.Table!.Storage.Columns;
        for (var index = 0; index < table.Count; index++)
        {
            var name = table[index].Name.ToLowerInvariant();
            if (!scan.Columns.Contains(name))
            {
                continue;
            }

            var type = bound.Types[name];
            var position = isByName ? Find(own, name) : index < own.Count ? index : -1;
            var stored = position < 0 || own[position].Type == table[index].Type
                ? type
                : TypeText.TryParseHive(own[position].Type);
            if (stored is null || !CanRead(stored, type))
            {
                throw Mismatch(bound.Table, table[index], partition, own[position]);
            }

            columns.Add(new ScanColumn(name, type, position, stored));
        }

        return columns;
    }

    private static int Find(IReadOnlyList<Column> columns, string name)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (columns[index].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool CanRead(SqlType stored, SqlType type)
    {
        if (stored.Equals(type))
        {
            return true;
        }

        if (stored.Kind == type.Kind && stored.Arguments.Count > 0)
        {
            return stored.Arguments.Count == type.Arguments.Count
                && stored.Arguments.Zip(type.Arguments).All(pair => CanRead(pair.First, pair.Second));
        }

        return type.Kind switch
        {
            TypeKind.Varchar => stored.IsInteger || stored.Kind is TypeKind.Date or TypeKind.Boolean,
            TypeKind.Real or TypeKind.Double => stored.IsNumeric,
            TypeKind.Decimal => stored.Kind == TypeKind.Decimal || stored.IsFloating,
            _ => type.IsInteger && stored.IsInteger && stored.Kind < type.Kind,
        };
    }

    private static TarnException Mismatch(Table table, Column declared, string partition, Column own) => new(
        ErrorKind.Invalid,
        "there is a mismatch between the table and partition schemas. The types are incompatible and cannot be "
            + $"coerced. The column '{declared.Name}' in table '{table.Name}' is declared as type '{declared.Type}', "
            + $"but partition '{partition}' declared column '{own.Name}' as type '{own.Type}'.")
    {
        Code = "HIVE_PARTITION_SCHEMA_MISMATCH",
    };
}
