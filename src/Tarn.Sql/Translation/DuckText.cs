using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>DuckDB spellings that several translators share.</summary>
public static class DuckText
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The value as another type that it can be read as without loss.</summary>
    internal static string Coerce(Typed value, SqlType target)
    {
        if (value.Type.Equals(target))
        {
            return value.Sql;
        }

        if (target.Kind == TypeKind.TimestampWithTimeZone && value.Type.Kind is TypeKind.Date or TypeKind.Timestamp)
        {
            return $"timezone('UTC', CAST({value.Sql} AS TIMESTAMP))";
        }

        return $"CAST({value.Sql} AS {target.DuckDbName})";
    }

    /// <summary>A timestamp with time zone as the local timestamp of its zone; anything else as it is.</summary>
    internal static string Local(Typed value) => value.Type.Kind == TypeKind.TimestampWithTimeZone
        ? $"timezone({Text(value.Type.Zone)}, {value.Sql})"
        : value.Sql;
}
