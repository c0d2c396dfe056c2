using System.Text.RegularExpressions;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// Comparisons of two values of one type. DuckDB compares nested values as wholes and takes NULL for a value; Trino
/// compares part by part, so a NULL part that decides makes the answer NULL. NaN equals itself in DuckDB and is the
/// greatest; in Trino nothing is equal to it, less or greater.
/// </summary>
internal sealed partial class Comparisons(TranslationState state)
{
    public string Compare(string symbol, Typed left, Typed right)
    {
        var type = left.Type;
        return symbol switch
        {
            "=" when IsNested(type) => Equal(left.Sql, right.Sql, type),
            "<>" or "!=" when IsNested(type) => $"(NOT {Equal(left.Sql, right.Sql, type)})",
            "<" or "<=" or ">" or ">=" when IsNested(type) => Order(symbol, left, right),
            _ when type.IsFloating => Floats(symbol, left, right),
            _ when MapOrder.Has(type) => $"({MapOrder.Sort(left)} {symbol} {MapOrder.Sort(right)})",
            _ => $"({Key(left)} {symbol} {Key(right)})",
        };
    }

    /// <summary><c>value IN (items)</c>.</summary>
    public string In(Typed value, IReadOnlyList<Typed> items)
    {
        if (IsNested(value.Type))
        {
            return $"({string.Join(" OR ", items.Select(item => Equal(value.Sql, item.Sql, value.Type)))})";
        }

        return value.Type.IsFloating && !IsNumber(value) && !items.All(IsNumber)
            ? $"({string.Join(" OR ", items.Select(item => Floats("=", value, item)))})"
            : $"({Key(value)} IN ({string.Join(", ", items.Select(Key))}))";
    }

    /// <summary>
    /// Of doubles, as a condition on rows alone: NULL where it would be false, so that it can be the key of a join.
    /// </summary>
    public static string? JoinKey(string symbol, Typed left, Typed right)
    {
        if (!left.Type.IsFloating || IsNumber(left) || IsNumber(right))
        {
            return null;
        }

        static string Number(Typed value) => $"CASE WHEN isnan({value.Sql}) THEN NULL ELSE {value.Sql} END";
        return symbol switch
        {
            "=" or "<" or "<=" => $"({left.Sql} {symbol} {Number(right)})",
            ">" or ">=" => $"({Number(left)} {symbol} {right.Sql})",
            _ => null,
        };
    }

    /// <summary>The value as <paramref name="type"/>, still known not to be NaN.</summary>
    public static Typed As(Typed value, SqlType type) =>
        new(DuckText.Coerce(value, type), type) { IsNumber = IsNumber(value) };

    /// <summary>Whether the value cannot be NaN.</summary>
    public static bool IsNumber(Typed value) =>
        value.IsNumber || value.Sql == "random()" || !(value.Type.IsFloating || value.Type.Kind == TypeKind.Unknown);

    /// <summary>Whether the text is that of a number, so no NULL either.</summary>
    public static bool IsLiteral(Typed value) => IsNumber(value) && LiteralPattern().IsMatch(value.Sql);

    /// <summary>What DuckDB must compare instead of the value: of a time with zone, the same time in UTC.</summary>
    public static string Key(Typed value)
    {
        const string Day = "86400000000";
        return value.Type.Kind == TypeKind.TimeWithTimeZone
            ? $"((epoch_us(CAST({value.Sql} AS TIME)) - date_part('timezone', {value.Sql}) * 1000000 + {Day}) % {Day})"
            : value.Sql;
    }

    public static bool IsNested(SqlType type) => type.Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row;

    /// <summary>Plain where NaN cannot matter; DuckDB takes it for the greatest.</summary>
    private static string Floats(string symbol, Typed left, Typed right)
    {
        var (a, b) = (left.Sql, right.Sql);
        var plain = $"({a} {symbol} {b})";
        return symbol switch
        {
            "=" when !IsNumber(left) && !IsNumber(right) => $"({plain} AND NOT (isnan({a}) AND isnan({b})))",
            "<>" or "!=" when !IsNumber(left) && !IsNumber(right) => $"({plain} OR (isnan({a}) AND isnan({b})))",
            "<" or "<=" => Ordered(plain, right, left),
            ">" or ">=" => Ordered(plain, left, right),
            _ => plain,
        };
    }

    /// <summary>Beside a literal two comparisons, which DuckDB tests while it reads a file.</summary>
    private static string Ordered(string plain, Typed greater, Typed other) =>
        IsNumber(greater) ? plain
        : IsLiteral(other) ? $"({plain} AND {greater.Sql} <= CAST('inf' AS {greater.Type.DuckDbName}))"
        : $"({plain} AND NOT (isnan({greater.Sql}) AND {other.Sql} IS NOT NULL))";

    private string Equal(string a, string b, SqlType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Row:
                var fields = type.Arguments.Select((field, i) => Equal(
                    DuckText.Field(new Typed(a, type), i).Sql, DuckText.Field(new Typed(b, type), i).Sql, field));
                return $"({string.Join(" AND ", fields)})";
            case TypeKind.Array:
                var pair = state.NewName("x");
                var element = Equal($"{pair}[1]", $"{pair}[2]", type.Arguments[0]);
                return All($"len({a}) <> len({b})", $"list_transform(list_zip({a}, {b}), lambda {pair}: {element})");
            case TypeKind.Map:
                var key = state.NewName("x");
                var value = Equal($"({a})[{key}]", $"({b})[{key}]", type.Arguments[1]);
                return All(
                    $"cardinality({a}) <> cardinality({b})",
                    $"list_transform(map_keys({a}), lambda {key}: "
                        + $"CASE WHEN map_contains({b}, {key}) THEN {value} ELSE false END)");
            case TypeKind.Real or TypeKind.Double:
                return Floats("=", new Typed(a, type), new Typed(b, type));
            default:
                return $"({Key(new Typed(a, type))} = {Key(new Typed(b, type))})";
        }
    }

    /// <summary>False when one part is false, else NULL when one is NULL.</summary>
    private static string All(string differs, string parts) =>
        $"(CASE WHEN {differs} THEN false ELSE list_transform([{parts}], lambda k: CASE WHEN k IS NULL THEN NULL "
            + "WHEN list_contains(k, false) THEN false WHEN list_count(k) < len(k) THEN NULL ELSE true END)[1] END)";

    private string Order(string symbol, Typed left, Typed right)
    {
        var type = left.Type;
        string HasNull(string sql) => type.Kind == TypeKind.Array
            ? $"list_count({sql}) < len({sql})"
            : string.Join(" OR ", type.Arguments.Select(
                (_, i) => $"({sql} IS NOT NULL AND {DuckText.Field(new Typed(sql, type), i).Sql} IS NULL)"));
        var fail = Operators.Fail(
            $"NOT_SUPPORTED: {type.Kind.ToString().ToUpperInvariant()} comparison not supported for values with "
                + "null elements",
            SqlType.Boolean,
            state);
        return $"(CASE WHEN {HasNull(left.Sql)} OR {HasNull(right.Sql)} THEN {fail} "
            + $"ELSE {left.Sql} {symbol} {right.Sql} END)";
    }

    [GeneratedRegex(@"^\(*(- )?(CAST\()*'?[-+]?[0-9.]+([eE][-+]?[0-9]+)?'?( AS [A-Z]+(\([0-9,]+\))?\))*\)*$")]
    private static partial Regex LiteralPattern();
}
