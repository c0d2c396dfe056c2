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
        var (sql, from) = (value.Sql, value.Type);
        return target.Kind switch
        {
            _ when from.Equals(target) => sql,
            _ when from.Kind == TypeKind.Unknown => $"CAST({sql} AS {target.DuckDbName})",
            TypeKind.Varchar when from.Kind == TypeKind.Char => $"rpad({sql}, {from.Length}, ' ')",
            TypeKind.Char when from.Kind == TypeKind.Varchar => $"rtrim({sql}, ' ')",
            TypeKind.TimestampWithTimeZone when from.Kind is TypeKind.Date or TypeKind.Timestamp =>
                Zones.Instant(target.Zone, $"CAST({sql} AS TIMESTAMP)"),
            TypeKind.Row when from.Kind == TypeKind.Row && !IsPlain(from, target) =>
                Casts.LetOnce(sql, row => CoerceRow(value with { Sql = row }, target)),
            TypeKind.Array when from.Kind == TypeKind.Array && !IsPlain(from, target) =>
                $"list_transform({sql}, lambda c: {Coerce(new Typed("c", from.Arguments[0]), target.Arguments[0])})",
            TypeKind.Map when from.Kind == TypeKind.Map && !IsPlain(from, target) =>
                Casts.LetOnce(sql, map => CoerceMap(value with { Sql = map }, target)),
            _ when from.DuckDbName == target.DuckDbName => sql,
            _ => $"CAST({sql} AS {target.DuckDbName})",
        };
    }

    /// <summary>A timestamp with time zone as the local timestamp of its zone; anything else as it is.</summary>
    internal static string Local(Typed value) => value.Type.Kind == TypeKind.TimestampWithTimeZone
        ? Zones.Local(value.Type.Zone, value.Sql)
        : value.Sql;

    /// <summary>A field of a row value.</summary>
    internal static Typed Field(Typed row, int index) =>
        new($"({row.Sql}).{Name(row.Type.FieldKey(index))}", row.Type.Arguments[index]);

    /// <summary>Whether DuckDB's own cast does what a coercion does: it goes by name in rows.</summary>
    private static bool IsPlain(SqlType from, SqlType to) => to.Kind switch
    {
        _ when from.Kind == TypeKind.Unknown => true,
        TypeKind.Row => from.FieldNames.Select((_, i) => from.FieldKey(i))
                .SequenceEqual(to.FieldNames.Select((_, i) => to.FieldKey(i)), StringComparer.Ordinal)
            && from.Arguments.Zip(to.Arguments, IsPlain).All(isPlain => isPlain),
        TypeKind.Array or TypeKind.Map => from.Arguments.Zip(to.Arguments, IsPlain).All(isPlain => isPlain),
        TypeKind.Char or TypeKind.Varchar or TypeKind.TimestampWithTimeZone => from.Kind == to.Kind,
        _ => true,
    };

    private static string CoerceRow(Typed value, SqlType target)
    {
        var fields = target.Arguments.Select(
            (type, i) => $"{Name(target.FieldKey(i))} := {Coerce(Field(value, i), type)}");
        return $"(CASE WHEN {value.Sql} IS NOT NULL THEN struct_pack({string.Join(", ", fields)}) END)";
    }

    private static string CoerceMap(Typed value, SqlType target)
    {
        var (keys, values) = (SqlType.Array(value.Type.Arguments[0]), SqlType.Array(value.Type.Arguments[1]));
        return $"map({Coerce(new Typed($"map_keys({value.Sql})", keys), SqlType.Array(target.Arguments[0]))}, "
            + $"{Coerce(new Typed($"map_values({value.Sql})", values), SqlType.Array(target.Arguments[1]))})";
    }
}
