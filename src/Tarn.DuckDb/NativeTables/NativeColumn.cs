using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.NativeTables;

/// <summary>The types that native tables can have, by their SQL names.</summary>
internal static partial class NativeColumn
{
    private const int DecimalDigitsMax = 18;

    /// <summary>
    /// The type of a declared column. Throws Invalid, naming the column, for a type that has no setter.
    /// </summary>
    public static NativeType Parse(DuckDbColumn column)
    {
        var name = column.Type.Trim().ToUpperInvariant();
        var id = name switch
        {
            "BOOLEAN" => DuckDBType.Boolean,
            "INTEGER" => DuckDBType.Integer,
            "BIGINT" => DuckDBType.BigInt,
            "DOUBLE" => DuckDBType.Double,
            "VARCHAR" or "JSON" => DuckDBType.Varchar,
            "DATE" => DuckDBType.Date,
            "TIMESTAMP" => DuckDBType.Timestamp,
            "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => DuckDBType.TimestampTz,
            _ => DuckDBType.Decimal,
        };
        if (id != DuckDBType.Decimal)
        {
            return new NativeType(id, IsJson: name == "JSON", Width: 0, Scale: 0);
        }

        var match = DecimalPattern().Match(name);
        if (match.Success)
        {
            var width = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var scale = match.Groups[2].Success
                ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
                : 0;
            if (width is >= 1 and <= DecimalDigitsMax && scale <= width)
            {
                return new NativeType(id, IsJson: false, (byte)width, (byte)scale);
            }
        }

        throw new TarnException(
            ErrorKind.Invalid,
            $"column '{column.Name}' of a table in memory has type '{column.Type}'",
            hint: "use BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP, TIMESTAMPTZ, JSON or DECIMAL(p,s)"
                + " with p up to 18");
    }

    /// <summary>DuckDB's own object for the type; the caller disposes it.</summary>
    public static DuckDBLogicalType ToLogicalType(NativeType type)
    {
        var logical = type.Id == DuckDBType.Decimal
            ? NativeMethods.LogicalType.DuckDBCreateDecimalType(type.Width, type.Scale)
            : NativeMethods.LogicalType.DuckDBCreateLogicalType(type.Id);
        if (type.IsJson)
        {
            UnsafeImports.LogicalTypeSetAlias(logical, "JSON");
        }

        return logical;
    }

    [GeneratedRegex(@"^DECIMAL\(\s*(\d{1,3})\s*(?:,\s*(\d{1,3})\s*)?\)$")]
    private static partial Regex DecimalPattern();
}
