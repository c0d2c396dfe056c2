using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Decimals with Trino's precision, scale and rounding. Integers take part as decimals of scale 0.</summary>
internal sealed class DecimalArithmetic(TranslationState state)
{
    /// <summary>Digits that DuckDB's decimals hold.</summary>
    private const int DigitsMax = 38;

    /// <summary>Digits that it computes in 64 bits.</summary>
    private const int NarrowMax = 18;

    private const string HalfUp =
        "(abs(k.a) // abs(k.b) + CASE WHEN abs(k.a) % abs(k.b) >= abs(k.b) - abs(k.a) % abs(k.b) THEN 1 ELSE 0 END)"
            + " * CASE WHEN (k.a < 0) <> (k.b < 0) THEN -1 ELSE 1 END";

    public Typed Translate(Expression.Binary binary, Typed left, Typed right)
    {
        var a = Coercion.AsDecimal(left.Type.Kind == TypeKind.Unknown ? right.Type : left.Type);
        var b = Coercion.AsDecimal(right.Type.Kind == TypeKind.Unknown ? left.Type : right.Type);
        var x = DuckText.Coerce(left, a);
        var y = DuckText.Coerce(right, b);
        var scale = Math.Max(a.Scale, b.Scale);
        switch (binary.Operator)
        {
            case "+" or "-":
                var whole = Math.Max(a.Precision - a.Scale, b.Precision - b.Scale);
                var sum = SqlType.Decimal(Math.Min(DigitsMax, whole + scale + 1), scale);
                return Wide(binary.Operator, new Typed(x, a), new Typed(y, b), sum) with
                {
                    Narrow = Narrow(binary.Operator, left, right, sum),
                };
            case "*" when a.Scale + b.Scale <= DigitsMax:
                var product = SqlType.Decimal(Math.Min(DigitsMax, a.Precision + b.Precision), a.Scale + b.Scale);
                return Wide("*", new Typed(x, a), new Typed(y, b), product) with
                {
                    Narrow = Narrow("*", left, right, product),
                };
            case "/":
                return Divide(a, b, x, y);
            case "%":
                return Remainder(a, b, x, y);
            default:
                throw SqlErrors.Invalid(
                    "TYPE_MISMATCH",
                    binary.Position,
                    $"DECIMAL scale must be in range [0, precision ({DigitsMax})]: {a.Scale + b.Scale}",
                    "CAST one side AS double, or to a smaller scale");
        }
    }

    /// <summary>DuckDB keeps to 18 digits while both sides do: one is made wider when the result needs more.</summary>
    private static Typed Wide(string symbol, Typed x, Typed y, SqlType type)
    {
        var isNarrow = x.Type.Precision <= NarrowMax && y.Type.Precision <= NarrowMax && type.Precision > NarrowMax;
        var left = isNarrow ? $"CAST({x.Sql} AS DECIMAL({NarrowMax + 1},{x.Type.Scale}))" : x.Sql;
        return new Typed($"CAST(({left} {symbol} {y.Sql}) AS {type.DuckDbName})", type);
    }

    /// <summary>Only with twelve digits or more before the point.</summary>
    private static string? Narrow(string symbol, Typed x, Typed y, SqlType type)
    {
        static string? Of(Typed value) => value.Narrow
            ?? (Coercion.AsDecimal(value.Type) is { Precision: <= NarrowMax } narrow
                ? DuckText.Coerce(value, narrow)
                : null);
        return type.Precision > NarrowMax && type.Scale <= 6 && Of(x) is { } a && Of(y) is { } b
            ? $"({a} {symbol} {b})"
            : null;
    }

    /// <summary>
    /// Exact, half up: both as whole numbers of their last digit, divided as such, and back. Trino's result has the
    /// larger scale of the two, so <c>1.0 / 3</c> is <c>0.3</c>. What does not fit 38 digits on the way is an
    /// overflow.
    /// </summary>
    private Typed Divide(SqlType a, SqlType b, string x, string y)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        var precision = Math.Min(DigitsMax, a.Precision + b.Scale + Math.Max(0, b.Scale - a.Scale));
        var shift = scale - a.Scale + b.Scale;
        var dividend = shift == 0 ? Unscale(x, a) : $"({Unscale(x, a)} * CAST('{Power(shift)}' AS HUGEINT))";
        return Rescale(Parts(dividend, Guard(Unscale(y, b)), HalfUp), SqlType.Decimal(precision, scale));
    }

    /// <summary>An exact sum over a count, half up, as <paramref name="type"/>.</summary>
    public static string Average(string sum, SqlType sumType, string count, SqlType type) =>
        Rescale(Parts(Unscale(sum, sumType), $"CAST({count} AS HUGEINT)", HalfUp), type).Sql;

    /// <summary>The dividend's sign; as whole numbers of the finer last digit.</summary>
    private Typed Remainder(SqlType a, SqlType b, string x, string y)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        var precision = Math.Min(DigitsMax, Math.Min(b.Precision - b.Scale, a.Precision - a.Scale) + scale);
        string Finer(string sql, SqlType type) => type.Scale == scale
            ? Unscale(sql, type)
            : $"({Unscale(sql, type)} * CAST('{Power(scale - type.Scale)}' AS HUGEINT))";
        return Rescale(
            Parts(Finer(x, a), Guard(Finer(y, b)), "k.a % k.b"), SqlType.Decimal(Math.Max(1, precision), scale));
    }

    private string Guard(string divisor)
    {
        var fail = Operators.Fail("DIVISION_BY_ZERO: Division by zero", SqlType.BigInt, state);
        return $"list_transform([{divisor}], lambda d: CASE WHEN d = 0 THEN {fail} ELSE d END)[1]";
    }

    /// <summary>Names for two numbers, so that they are computed once.</summary>
    private static string Parts(string a, string b, string body) =>
        $"list_transform([struct_pack(a := {a}, b := {b})], lambda k: {body})[1]";

    /// <summary>The decimal as a whole number of its last digit.</summary>
    private static string Unscale(string x, SqlType type) => type.Scale == 0 ? $"CAST({x} AS HUGEINT)"
        : type.Precision + type.Scale < DigitsMax
            ? $"CAST({x} * CAST('{Power(type.Scale)}' AS DECIMAL({type.Scale + 1},0)) AS HUGEINT)"
            : $"CAST(replace(CAST({x} AS VARCHAR), '.', '') AS HUGEINT)";

    private static Typed Rescale(string whole, SqlType type)
    {
        if (type.Scale == 0)
        {
            return new Typed($"CAST({whole} AS {type.DuckDbName})", type);
        }

        var one = $"CAST('{Fraction(type.Scale)}' AS DECIMAL({type.Scale + 1},{type.Scale}))";
        return new Typed(
            $"CAST(CAST({whole} AS DECIMAL({DigitsMax},0)) * {one} AS {type.DuckDbName})", type);
    }

    private static string Power(int exponent) => "1" + new string('0', exponent);

    private static string Fraction(int scale) => "0." + new string('0', scale - 1) + "1";
}
