using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// CAST and TRY_CAST with Trino's meaning; conversions that Trino does not have are TYPE_MISMATCH. What TRY_CAST turns
/// to NULL is the conversion's failure, never that of the value converted.
/// </summary>
internal sealed partial class Casts(Expression.Cast cast, TranslationState state)
{
    /// <summary>Where the conversion is already inside DuckDB's TRY, or CAST may fail as it likes.</summary>
    private bool _isTry = cast.IsTry;

    public static Typed Translate(Expression.Cast cast, Typed value, TranslationState state)
    {
        var target = cast.Type;
        if (target.Kind == TypeKind.TimestampWithTimeZone)
        {
            target = SqlType.InZone(MomentCasts.Zone(cast, value), target.Precision);
        }

        return new Typed(new Casts(cast, state).Convert(value, target), target);
    }

    /// <summary>The value under a short name, so that <paramref name="body"/> may write it several times.</summary>
    public static string Let(string sql, Func<string, string> body) =>
        NamePattern().IsMatch(sql) ? body(sql) : $"list_transform([{sql}], lambda k: {body("k")})[1]";

    /// <summary>As <see cref="Let"/>, where the text may not be written several times; else as it is.</summary>
    public static string LetOnce(string sql, Func<string, string> body) =>
        Once.IsNeeded(sql) ? Let(sql, body) : body(sql);

    public string Convert(Typed value, SqlType target)
    {
        var from = value.Type;
        if (from.Equals(target))
        {
            return value.Sql;
        }

        return from.Kind switch
        {
            TypeKind.Unknown => DuckText.Coerce(value, target),
            TypeKind.Char when target.Kind != TypeKind.Json => Convert(
                new Typed(DuckText.Coerce(value, SqlType.Varchar), SqlType.Varchar), target),
            _ when target.Kind == TypeKind.Json => ToJson(value),
            TypeKind.Json when target.Kind is not TypeKind.Varchar || target.Length is null => FromJson(value, target),
            _ when target.IsText => ToText(value, target),
            TypeKind.Varchar => FromText(value, target),
            _ when target.IsNumeric => ToNumber(value, target),
            _ when from.Arguments.Count > 0 && from.Kind == target.Kind => Whole(value, target),
            TypeKind.Varbinary when target.Kind == TypeKind.Uuid =>
                $"CAST({value.Sql} AS UUID)",
            TypeKind.Uuid when target.Kind == TypeKind.Varbinary =>
                $"unhex(replace(CAST({value.Sql} AS VARCHAR), '-', ''))",
            _ when target.Kind == TypeKind.Boolean && from.IsNumeric => $"({value.Sql} <> 0)",
            _ => MomentCasts.Convert(value, target) ?? throw Refuse(from, target),
        };
    }

    /// <summary>Of nested types: TRY_CAST is NULL as a whole when a part fails.</summary>
    private string Whole(Typed value, SqlType target) => InTry(value, v => Nested(v, target));

    private string Nested(Typed value, SqlType target)
    {
        var (from, sql) = (value.Type, value.Sql);
        switch (target.Kind)
        {
            case TypeKind.Array:
                return $"list_transform({sql}, lambda e: "
                    + $"{Convert(new Typed("e", from.Arguments[0]), target.Arguments[0])})";
            case TypeKind.Map:
                var keys = new Typed($"map_keys({sql})", SqlType.Array(from.Arguments[0]));
                var values = new Typed($"map_values({sql})", SqlType.Array(from.Arguments[1]));
                return $"map({Nested(keys, SqlType.Array(target.Arguments[0]))}, "
                    + $"{Nested(values, SqlType.Array(target.Arguments[1]))})";
            case TypeKind.Row when from.Arguments.Count == target.Arguments.Count:
                var fields = target.Arguments.Select((type, i) =>
                    $"{DuckText.Name(target.FieldKey(i))} := {Convert(DuckText.Field(value, i), type)}");
                return $"(CASE WHEN {sql} IS NOT NULL THEN struct_pack({string.Join(", ", fields)}) END)";
            default: throw Refuse(from, target);
        }
    }

    private string ToText(Typed value, SqlType target)
    {
        var text = TextOf.Value(value) ?? throw Refuse(value.Type, target);
        if (target.Length is not { } length)
        {
            return text;
        }

        if (target.Kind == TypeKind.Char)
        {
            return $"rtrim(left({text}, {length}), ' ')";
        }

        return value.Type.IsText
            ? $"left({text}, {length})"
            : Let(text, v => $"(CASE WHEN length({v}) <= {length} THEN {v} WHEN {v} IS NOT NULL THEN "
                + $"{Fail($"Value cannot be represented as {target}", target)} END)");
    }

    private string FromText(Typed value, SqlType target)
    {
        var plain = _isTry ? "TRY_CAST" : "CAST";
        return target.Kind switch
        {
            TypeKind.Varbinary => $"encode({value.Sql})",
            TypeKind.Boolean => Checked(
                value, "'(?i)(t|f|true|false|1|0)'", v => $"(lower({v}) IN ('t', 'true', '1'))", target),
            TypeKind.Uuid => Checked(
                value, "'(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'", v => $"CAST({v} AS UUID)", target),
            _ when target.IsInteger =>
                Checked(value, "'[+-]?[0-9]+'", v => $"{plain}({v} AS {target.DuckDbName})", target),
            _ when target.IsFloating => Checked(
                value,
                @"'\s*[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?)\s*'",
                v => $"{plain}(rtrim(trim({v}), 'dDfF') AS {target.DuckDbName})",
                target),
            TypeKind.Decimal => Checked(
                value,
                @"'[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?'",
                v => $"{plain}({v} AS {target.DuckDbName})",
                target),
            _ when MomentCasts.Pattern(target) is { } pattern =>
                Checked(value, pattern, v => MomentCasts.Parse(v, target, plain), target),
            _ => throw Refuse(value.Type, target),
        };
    }

    private string ToNumber(Typed value, SqlType target)
    {
        var plain = _isTry ? "TRY_CAST" : "CAST";
        var from = value.Type;

        // Trino rounds half away from zero, DuckDB's cast half to even.
        return target.IsInteger && from.IsFloating ? $"{plain}(round({value.Sql}) AS {target.DuckDbName})"
            : from.IsNumeric || from.Kind == TypeKind.Boolean ? $"{plain}({value.Sql} AS {target.DuckDbName})"
            : throw Refuse(from, target);
    }

    private string ToJson(Typed value)
    {
        if (value.Type.Kind == TypeKind.Varchar)
        {
            return $"to_json({value.Sql})";
        }

        var text = JsonCasts.Print(value) ?? throw Refuse(value.Type, SqlType.Json);
        return $"CAST({text} AS JSON)";
    }

    private string FromJson(Typed value, SqlType target) => InTry(
        value, v => JsonCasts.Read(v.Sql, target, this) ?? throw Refuse(value.Type, target));

    /// <summary>Runs the conversion under TRY when this is TRY_CAST; the value itself stays outside.</summary>
    private string InTry(Typed value, Func<Typed, string> convert)
    {
        if (!_isTry)
        {
            return Let(value.Sql, v => convert(value with { Sql = v }));
        }

        var outer = state.IsInTry;
        (_isTry, state.IsInTry) = (false, true);
        var sql = $"list_transform([{value.Sql}], lambda k: TRY({convert(value with { Sql = "k" })}))[1]";
        (_isTry, state.IsInTry) = (true, outer);
        return sql;
    }

    /// <summary>Text that must have a form; DuckDB's own cast takes more than Trino's.</summary>
    public string Checked(Typed value, string pattern, Func<string, string> sql, SqlType target) => Let(
        value.Sql,
        v => $"(CASE WHEN regexp_full_match({v}, {pattern}) THEN {sql(v)} "
            + $"WHEN {v} IS NULL THEN NULL ELSE {Fail($"Cannot cast value to {target.BaseName}", target)} END)");

    public string Fail(string message, SqlType target) => _isTry
        ? $"CAST(NULL AS {target.DuckDbName})"
        : Operators.Fail($"INVALID_CAST_ARGUMENT: {message}", target, state);

    private TarnException Refuse(SqlType from, SqlType target) =>
        SqlErrors.TypeMismatch(cast.Position, $"Cannot cast {from} to {target}");

    [GeneratedRegex("""^([A-Za-z_0-9]+|"[^"]*")(\.([A-Za-z_0-9]+|"[^"]*"))*$""")]
    private static partial Regex NamePattern();
}
