using DuckDB.NET.Native;
using Tarn.DuckDb.Native;

namespace Tarn.DuckDb.Results;

/// <summary>A logical type as DuckDB writes it in SQL.</summary>
internal static class TypeText
{
    public static string Of(DuckDBLogicalType type)
    {
        if (UnsafeImports.TakeString(UnsafeImports.LogicalTypeGetAlias(type)) is { Length: > 0 } alias)
        {
            return alias;
        }

        return NativeMethods.LogicalType.DuckDBGetTypeId(type) switch
        {
            DuckDBType.Decimal => $"DECIMAL({NativeMethods.LogicalType.DuckDBDecimalWidth(type)}," +
                $"{NativeMethods.LogicalType.DuckDBDecimalScale(type)})",
            DuckDBType.List => OfOwned(NativeMethods.LogicalType.DuckDBListTypeChildType(type)) + "[]",
            DuckDBType.Array => OfOwned(NativeMethods.LogicalType.DuckDBArrayTypeChildType(type)) +
                $"[{NativeMethods.LogicalType.DuckDBArrayVectorGetSize(type)}]",
            DuckDBType.Map => $"MAP({OfOwned(NativeMethods.LogicalType.DuckDBMapTypeKeyType(type))}, " +
                $"{OfOwned(NativeMethods.LogicalType.DuckDBMapTypeValueType(type))})",
            DuckDBType.Struct => $"STRUCT({string.Join(", ", StructMembers(type))})",
            DuckDBType.Union => $"UNION({string.Join(", ", UnionMembers(type))})",
            DuckDBType.Enum => $"ENUM({string.Join(", ", EnumValues(type))})",
            var id => Simple(id),
        };
    }

    private static string Simple(DuckDBType id) => id switch
    {
        DuckDBType.UnsignedTinyInt => "UTINYINT",
        DuckDBType.UnsignedSmallInt => "USMALLINT",
        DuckDBType.UnsignedInteger => "UINTEGER",
        DuckDBType.UnsignedBigInt => "UBIGINT",
        DuckDBType.UnsignedHugeInt => "UHUGEINT",
        DuckDBType.TimestampS => "TIMESTAMP_S",
        DuckDBType.TimestampMs => "TIMESTAMP_MS",
        DuckDBType.TimestampNs => "TIMESTAMP_NS",
        DuckDBType.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        DuckDBType.TimeTz => "TIME WITH TIME ZONE",
        DuckDBType.VarInt => "BIGNUM",
        DuckDBType.SqlNull => "\"NULL\"",
        _ => id.ToString().ToUpperInvariant(),
    };

    private static string OfOwned(DuckDBLogicalType type)
    {
        using (type)
        {
            return Of(type);
        }
    }

    private static IEnumerable<string> StructMembers(DuckDBLogicalType type)
    {
        for (var index = 0L; index < NativeMethods.LogicalType.DuckDBStructTypeChildCount(type); index++)
        {
            var name = NativeMethods.LogicalType.DuckDBStructTypeChildName(type, index);
            yield return Quote(name) + " " + OfOwned(NativeMethods.LogicalType.DuckDBStructTypeChildType(type, index));
        }
    }

    private static IEnumerable<string> UnionMembers(DuckDBLogicalType type)
    {
        for (var index = 0UL; index < UnsafeImports.UnionTypeMemberCount(type); index++)
        {
            var name = UnsafeImports.TakeString(UnsafeImports.UnionTypeMemberName(type, index)) ?? string.Empty;
            yield return Quote(name) + " " + OfOwned(UnsafeImports.UnionTypeMemberType(type, index));
        }
    }

    private static IEnumerable<string> EnumValues(DuckDBLogicalType type)
    {
        for (var index = 0L; index < NativeMethods.LogicalType.DuckDBEnumDictionarySize(type); index++)
        {
            var value = NativeMethods.LogicalType.DuckDBEnumDictionaryValue(type, index);
            yield return "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
        }
    }

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
