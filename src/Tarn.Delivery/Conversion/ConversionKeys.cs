using Tarn.Catalog.Tables;
using Tarn.Catalog.Types;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion;

/// <summary>Keys that columns are read from: each must be of a column or field that there is.</summary>
internal static class ConversionKeys
{
    public static void Check(IReadOnlyDictionary<string, string> columnToKey, Table table)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.Storage.Columns)
        {
            names.Add(column.Name);
            if (columnToKey.Count > 0)
            {
                names.UnionWith(Fields(HiveType.Parse(column.Type)));
            }
        }

        if (columnToKey.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"column '{unknown}' is mapped to the JSON key '{columnToKey[unknown]}',"
                    + $" but table '{table.Name}' has no such column or field",
                hint: Suggestion.Hint(unknown, names));
        }
    }

    private static IEnumerable<string> Fields(HiveType type) => type switch
    {
        HiveType.Struct value => value.Fields.SelectMany(field => Fields(field.Type).Prepend(field.Name)),
        HiveType.Array array => Fields(array.Element),
        HiveType.Map map => Fields(map.Value),
        _ => [],
    };
}
