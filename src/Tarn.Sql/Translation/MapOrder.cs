using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// DuckDB compares maps as lists of entries, so that equal ones may differ by the order in which they were built. Where
/// it groups by them or tells them apart, their entries are put in the order of their keys.
/// </summary>
internal static class MapOrder
{
    public static bool Has(SqlType type) => type.Kind == TypeKind.Map || type.Arguments.Any(Has);

    /// <summary>The same value with the entries of all its maps in order; values without maps as they are.</summary>
    public static string Sort(Typed value)
    {
        var (sql, type) = (value.Sql, value.Type);
        if (!Has(type))
        {
            return sql;
        }

        switch (type.Kind)
        {
            case TypeKind.Map:
                var key = Sort(new Typed("e.key", type.Arguments[0]));
                var item = Sort(new Typed("e.value", type.Arguments[1]));
                var entries = type.Arguments.Any(Has)
                    ? $"list_transform(map_entries({sql}), lambda e: struct_pack(key := {key}, value := {item}))"
                    : $"map_entries({sql})";
                return $"map_from_entries(list_sort({entries}))";
            case TypeKind.Array:
                return $"list_transform({sql}, lambda e: {Sort(new Typed("e", type.Arguments[0]))})";
            default:
                return Casts.Let(sql, row =>
                {
                    var fields = type.Arguments.Select((_, i) =>
                        $"{DuckText.Name(type.FieldKey(i))} := {Sort(DuckText.Field(new Typed(row, type), i))}");
                    return $"(CASE WHEN {row} IS NOT NULL THEN struct_pack({string.Join(", ", fields)}) END)";
                });
        }
    }
}
