using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// CAST and TRY_CAST with Trino's meaning; conversions that Tarn cannot do as Trino does are refused by name.
/// </summary>
internal static class Casts
{
    private const string WholePattern = "'[+-]?[0-9]+'";
    private const string DatePattern = @"'\s*[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}\s*'";
    private const string TimestampPattern =
        @"'\s*[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\.[0-9]+)?)?)?\s*'";

    public static Typed Translate(Expression.Cast cast, Typed value, TranslationState state)
    {
        var target = cast.Type;
        var plain = cast.IsTry ? "TRY_CAST" : "CAST";
        var sql = value.Type.Kind == TypeKind.Unknown ? DuckText.Coerce(value, target)
            : Convert(cast, value, target, plain, state);
        return new Typed(cast.Length is { } length ? Shorten(cast, value, sql, length) : sql, target);
    }

    private static string Shorten(Expression.Cast cast, Typed value, string sql, int length) =>
        value.Type.Kind is TypeKind.Varchar or TypeKind.Unknown
            ? $"left({sql}, {length})"
            : throw SqlErrors.Unsupported(
                cast.Position, $"CAST of {value.Type} to varchar({length}) is not supported", "CAST AS varchar first");

    private static string Convert(
        Expression.Cast cast, Typed value, SqlType target, string plain, TranslationState state)
    {
        var from = value.Type;
        if (from.Equals(target))
        {
            return value.Sql;
        }

        switch (target.Kind)
        {
            case TypeKind.Varchar: return ToVarchar(cast, value);
            case TypeKind.Json when from.Kind is TypeKind.Varchar or TypeKind.Boolean || from.IsInteger:
                return $"to_json({value.Sql})";
            case TypeKind.Boolean when from.Kind == TypeKind.Varchar:
                return Checked(
                    cast, value, "'(?i)(t|f|true|false|1|0)'", $"(lower({value.Sql}) IN ('t', 'true', '1'))", state);
            case TypeKind.Boolean when from.IsInteger || from.IsFloating:
                return $"({value.Sql} <> 0)";
            case TypeKind.Date when from.Kind == TypeKind.Varchar:
                return Checked(cast, value, DatePattern, $"{plain}(trim({value.Sql}) AS DATE)", state);
            case TypeKind.Timestamp when from.Kind == TypeKind.Varchar:
                return Checked(cast, value, TimestampPattern, $"{plain}(trim({value.Sql}) AS TIMESTAMP)", state);
            case TypeKind.Date or TypeKind.Timestamp when IsMoment(from):
                return $"CAST({DuckText.Local(value)} AS {target.DuckDbName})";
            case TypeKind.TimestampWithTimeZone when IsMoment(from):
                return DuckText.Coerce(value, target);
            case TypeKind.Row when from.Kind == TypeKind.Row && from.Arguments.Count == target.Arguments.Count:
                return ToRow(cast, value, target, plain, state);
            case TypeKind.Array or TypeKind.Map when IsSimple(from, target):
                return $"{plain}({value.Sql} AS {target.DuckDbName})";
        }

        return target.IsNumeric ? ToNumber(cast, value, target, plain, state) : throw Refuse(cast, from);
    }

    /// <summary>Field by field, by position: DuckDB's own cast goes by name.</summary>
    private static string ToRow(Expression.Cast cast, Typed value, SqlType target, string plain, TranslationState state)
    {
        var fields = target.Arguments.Select((type, i) =>
        {
            var field = new Typed($"({value.Sql}).{DuckText.Name(value.Type.FieldKey(i))}", value.Type.Arguments[i]);
            var converted = field.Type.Kind == TypeKind.Unknown
                ? DuckText.Coerce(field, type)
                : Convert(cast, field, type, plain, state);
            return $"{DuckText.Name(target.FieldKey(i))} := {converted}";
        });
        return $"(CASE WHEN {value.Sql} IS NOT NULL THEN struct_pack({string.Join(", ", fields)}) END)";
    }

    private static string ToNumber(
        Expression.Cast cast, Typed value, SqlType target, string plain, TranslationState state)
    {
        var from = value.Type;
        if (from.Kind == TypeKind.Json)
        {
            return $"{plain}(json_extract_string({value.Sql}, '$') AS {target.DuckDbName})";
        }

        if (target.IsInteger && from.Kind == TypeKind.Varchar)
        {
            return Checked(cast, value, WholePattern, $"{plain}({value.Sql} AS {target.DuckDbName})", state);
        }

        // Trino rounds half away from zero, DuckDB's cast half to even.
        return target.IsInteger && from.IsFloating ? $"{plain}(round({value.Sql}) AS {target.DuckDbName})"
            : from.IsNumeric
                || from.Kind is TypeKind.Boolean or TypeKind.Varchar ? $"{plain}({value.Sql} AS {target.DuckDbName})"
            : throw Refuse(cast, from);
    }

    private static string ToVarchar(Expression.Cast cast, Typed value) => value.Type.Kind switch
    {
        TypeKind.Real or TypeKind.Double => DoubleText.Print(value.Sql),
        TypeKind.Timestamp => $"strftime({value.Sql}, '%Y-%m-%d %H:%M:%S.%g')",
        TypeKind.TimestampWithTimeZone =>
            $"(strftime({DuckText.Local(value)}, '%Y-%m-%d %H:%M:%S.%g') || {DuckText.Text(" " + value.Type.Zone)})",
        TypeKind.Json => $"json_extract_string({value.Sql}, '$')",
        TypeKind.Boolean or TypeKind.Date or TypeKind.Decimal => $"CAST({value.Sql} AS VARCHAR)",
        _ when value.Type.IsInteger => $"CAST({value.Sql} AS VARCHAR)",
        _ => throw Refuse(cast, value.Type),
    };

    /// <summary>Text that must have a form; DuckDB's own cast takes more than Trino's.</summary>
    private static string Checked(Expression.Cast cast, Typed value, string pattern, string sql, TranslationState state)
    {
        var fail = cast.IsTry
            ? "NULL"
            : Operators.Fail($"INVALID_CAST_ARGUMENT: Cannot cast value to {cast.Type.BaseName}", cast.Type, state);
        return $"(CASE WHEN regexp_full_match({value.Sql}, {pattern}) THEN {sql} "
            + $"WHEN {value.Sql} IS NULL THEN NULL ELSE {fail} END)";
    }

    private static bool IsMoment(SqlType type) =>
        type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone;

    /// <summary>Nested types whose parts DuckDB converts as Trino does.</summary>
    private static bool IsSimple(SqlType from, SqlType to) =>
        from.Kind == to.Kind && from.Arguments.Count == to.Arguments.Count
        && from.FieldNames.SequenceEqual(to.FieldNames, StringComparer.OrdinalIgnoreCase)
        && from.Arguments.Zip(to.Arguments).All(pair =>
            pair.First.Equals(pair.Second)
            || pair.First.Kind == TypeKind.Unknown
            || (Coercion.CanCoerce(pair.First, pair.Second) && pair.Second.Kind != TypeKind.TimestampWithTimeZone)
            || (pair.First.Arguments.Count > 0 && IsSimple(pair.First, pair.Second)));

    private static TarnException Refuse(Expression.Cast cast, SqlType from) => SqlErrors.TypeMismatch(
        cast.Position, $"Cannot cast {from} to {cast.Type}", "Tarn refuses casts that it cannot do as Athena does");
}
