using Tarn.Catalog.Types;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Catalog.Tables;

/// <summary>What a definition must fulfil before it is stored.</summary>
internal static class TableRules
{
    public const string ExternalTable = "EXTERNAL_TABLE";
    public const string VirtualView = "VIRTUAL_VIEW";

    /// <summary>The table with its names lower-cased. Fails with Invalid or Unsupported.</summary>
    public static Table Checked(Table table)
    {
        var name = CatalogNames.Normal(table.Name);
        CheckType(table, name);
        CheckLocation(table.Storage.Location, $"table '{name}'");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var columns = table.Storage.Columns.Select(column => Checked(column, name, seen)).ToArray();
        var keys = table.PartitionKeys.Select(key => Checked(key, name, seen)).ToArray();
        foreach (var key in keys)
        {
            if (HiveType.Parse(key.Type) is HiveType.Array or HiveType.Map or HiveType.Struct)
                throw CatalogErrors.Invalid(
                    $"partition key '{key.Name}' of table '{name}' has the nested type '{key.Type}'");
        }

        return table with { Name = name, PartitionKeys = keys, Storage = table.Storage with { Columns = columns } };
    }

    /// <summary>A location is empty or in an object store.</summary>
    public static void CheckLocation(string location, string owner)
    {
        if (location.Length == 0)
        {
            return;
        }

        try
        {
            ObjectKey.Parse(location);
        }
        catch (TarnException failure)
        {
            throw CatalogErrors.Invalid($"location of {owner} is not valid", failure.Message);
        }
    }

    private static void CheckType(Table table, TableName name)
    {
        if (table.TableType is not (ExternalTable or VirtualView))
            throw new TarnException(
                ErrorKind.Unsupported, $"table type '{table.TableType}' of '{name}' is not supported",
                hint: $"use {ExternalTable} or {VirtualView}");
        var isView = table.TableType == VirtualView;
        if (isView && string.IsNullOrEmpty(table.ViewOriginalText))
            throw CatalogErrors.Invalid($"view '{name}' has no text");
        if (!isView && !string.IsNullOrEmpty(table.ViewOriginalText))
            throw CatalogErrors.Invalid($"table '{name}' has a view's text", $"its type is {ExternalTable}");
    }

    private static Column Checked(Column column, TableName table, HashSet<string> seen)
    {
        var name = CatalogNames.NormalColumn(column.Name, table);
        if (!seen.Add(name))
            throw CatalogErrors.Invalid($"column '{name}' of table '{table}' appears twice");
        try
        {
            HiveType.Parse(column.Type);
        }
        catch (TarnException failure)
        {
            throw new TarnException(
                failure.Kind, $"column '{name}' of table '{table}': {failure.Message}", failure.Detail,
                failure.Hint, failure);
        }

        return column with { Name = name };
    }
}
