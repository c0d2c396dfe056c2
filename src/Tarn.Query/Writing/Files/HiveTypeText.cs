using Tarn.Primitives.Errors;
using Tarn.Sql.Types;

namespace Tarn.Query.Writing.Files;

/// <summary>How Hive writes the types of a result.</summary>
internal static class HiveTypeText
{
    /// <summary>Such as <c>array&lt;string&gt;</c>. Fails with Unsupported for what a table cannot hold.</summary>
    public static string Of(SqlType type) => type.Kind switch
    {
        TypeKind.Boolean => "boolean",
        TypeKind.TinyInt => "tinyint",
        TypeKind.SmallInt => "smallint",
        TypeKind.Integer => "int",
        TypeKind.BigInt => "bigint",
        TypeKind.Decimal => $"decimal({type.Precision},{type.Scale})",
        TypeKind.Real => "float",
        TypeKind.Double => "double",
        TypeKind.Varbinary => "binary",
        TypeKind.Date => "date",
        TypeKind.Timestamp => "timestamp",
        TypeKind.Array => $"array<{Of(type.Arguments[0])}>",
        TypeKind.Map => $"map<{Of(type.Arguments[0])},{Of(type.Arguments[1])}>",
        TypeKind.Row => $"struct<{string.Join(',', type.Arguments.Select((field, i) => Field(type, field, i)))}>",
        _ when type.ToString() is "varchar" => "string",
        _ when type.ToString() is "varchar(0)" => "varchar(1)", // of '', and Hive's shortest text
        _ when type.ToString() is var name && name.StartsWith("varchar(", StringComparison.Ordinal)
            || name.StartsWith("char(", StringComparison.Ordinal) => name,
        _ => throw new TarnException(
            ErrorKind.Unsupported,
            $"Unsupported Hive type: {type}",
            hint: "cast the column, such as CAST(x AS timestamp) or CAST(x AS varchar)") { Code = "NOT_SUPPORTED" },
    };

    private static string Field(SqlType row, SqlType field, int index) => row.FieldNames[index].Length > 0
        ? $"{row.FieldNames[index].ToLowerInvariant()}:{Of(field)}"
        : throw new TarnException(
            ErrorKind.Unsupported,
            $"Anonymous row type is not supported in Hive. Please give each field a name: {row}",
            hint: "CAST(x AS row(name type, ...))") { Code = "NOT_SUPPORTED" };
}
