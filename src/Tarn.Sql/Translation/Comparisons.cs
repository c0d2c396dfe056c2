using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// Comparisons of two values of one type. DuckDB compares nested values as wholes and takes NULL for a value; Trino
/// compares part by part, so a NULL part that decides makes the answer NULL.
/// </summary>
internal sealed class Comparisons(TranslationState state)
{
    public string Compare(string symbol, Typed left, Typed right)
    {
        var type = left.Type;
        return symbol switch
        {
            "=" when IsNested(type) => Equal(left.Sql, right.Sql, type),
            "<>" or "!=" when IsNested(type) => $"(NOT {Equal(left.Sql, right.Sql, type)})",
            "<" or "<=" or ">" or ">=" when IsNested(type) => Order(symbol, left, right),
            _ => $"({Key(left)} {symbol} {Key(right)})",
        };
    }

    /// <summary><c>value IN (items)</c>.</summary>
    public string In(Typed value, IReadOnlyList<Typed> items) => IsNested(value.Type)
        ? $"({string.Join(" OR ", items.Select(item => Equal(value.Sql, item.Sql, value.Type)))})"
        : $"({Key(value)} IN ({string.Join(", ", items.Select(Key))}))";

    /// <summary>What DuckDB must compare instead of the value: of a time with zone, the same time in UTC.</summary>
    public static string Key(Typed value)
    {
        const string Day = "86400000000";
        return value.Type.Kind == TypeKind.TimeWithTimeZone
            ? $"((epoch_us(CAST({value.Sql} AS TIME)) - date_part('timezone', {value.Sql}) * 1000000 + {Day}) % {Day})"
            : value.Sql;
    }

    private static bool IsNested(SqlType type) => type.Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row;

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
}
