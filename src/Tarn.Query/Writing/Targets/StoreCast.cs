using System.Globalization;
using Tarn.Sql.Types;

namespace Tarn.Query.Writing.Targets;

/// <summary>
/// How a value goes into a column of another type, as Trino's INSERT stores it: what is compatible is cast, and fails
/// where the number does not fit or characters other than blanks would be lost. Pure.
/// </summary>
internal static class StoreCast
{
    public static bool IsAllowed(SqlType from, SqlType to) =>
        from.Equals(to)
        || Coercion.CanCoerce(from, to)
        || (from.IsNumeric && to.IsNumeric)
        || (from.IsText && to.IsText)
        || (from.Kind == TypeKind.Timestamp && to.Kind == TypeKind.Date);

    /// <summary>A column of the query's result in DuckDB's SQL.</summary>
    public static string Of(int column, SqlType from, SqlType to)
    {
        var value = string.Create(CultureInfo.InvariantCulture, $"result.c{column}");
        if (from.IsText && to.Length is { } length && (from.Length is null || from.Length > length))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"CASE WHEN length(rtrim({value}, ' ')) > {length} THEN error('INVALID_CAST_ARGUMENT: Cannot truncate "
                    + $"non-space characters when casting from {from} to {to} on INSERT') "
                    + $"ELSE left({value}, {length}) END");
        }

        return from.Kind is TypeKind.Real or TypeKind.Double && to.IsInteger
            ? $"CAST(round({value}) AS {to.DuckDbName})"
            : ResultShape.Cast(column, to.DuckDbName);
    }
}
