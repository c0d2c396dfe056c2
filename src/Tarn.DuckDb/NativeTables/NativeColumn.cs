using DuckDB.NET.Native;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.NativeTables;

/// <summary>The types that native tables can have, by their SQL names.</summary>
internal static class NativeColumn
{
    private const int CellDigitsMax = 18;

    /// <summary>The type of a column. Throws Invalid, naming the column, for a type that no table can have.</summary>
    public static NativeType Parse(DuckDbColumn column) =>
        NativeTypeParser.TryParse(column.Type) ?? throw Invalid(
            column,
            "use BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL(p,s), VARCHAR, BLOB, DATE,"
                + " TIMESTAMP, TIMESTAMPTZ, JSON, or STRUCT, MAP and [] of them");

    /// <summary>The same for a table whose cells are written one by one.</summary>
    public static NativeType ParseCell(DuckDbColumn column)
    {
        var type = Parse(column);
        return type.Id is DuckDBType.Boolean or DuckDBType.Integer or DuckDBType.BigInt or DuckDBType.Double
                or DuckDBType.Date or DuckDBType.Timestamp or DuckDBType.TimestampTz
            || (type.Id == DuckDBType.Varchar && type.Width == 0)
            || (type.Id == DuckDBType.Decimal && type.Width <= CellDigitsMax)
            ? type
            : throw Invalid(
                column,
                "use BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP, TIMESTAMPTZ, JSON or DECIMAL(p,s)"
                    + " with p up to 18");
    }

    /// <summary>DuckDB's own object for the type; the caller disposes it.</summary>
    public static DuckDBLogicalType ToLogicalType(NativeType type) => type.Members is not null
        ? Native.UnsafeNestedType.Make(type)
        : Named(
            type,
            type.Id == DuckDBType.Decimal
                ? NativeMethods.LogicalType.DuckDBCreateDecimalType((byte)type.Width, type.Scale)
                : NativeMethods.LogicalType.DuckDBCreateLogicalType(type.Id));

    private static DuckDBLogicalType Named(NativeType type, DuckDBLogicalType logical)
    {
        if (type.IsJson)
        {
            Native.UnsafeImports.LogicalTypeSetAlias(logical, "JSON");
        }

        return logical;
    }

    private static TarnException Invalid(DuckDbColumn column, string hint) => new(
        ErrorKind.Invalid, $"column '{column.Name}' of a table in memory has type '{column.Type}'", hint: hint);
}
