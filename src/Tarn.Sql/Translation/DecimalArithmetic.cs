using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Decimals with Trino's precision, scale and rounding. Integers take part as decimals of scale 0.</summary>
internal sealed class DecimalArithmetic(TranslationState state)
{
    public Typed Translate(Expression.Binary binary, Typed left, Typed right)
    {
        var a = Coercion.AsDecimal(left.Type.Kind == TypeKind.Unknown ? right.Type : left.Type);
        var b = Coercion.AsDecimal(right.Type.Kind == TypeKind.Unknown ? left.Type : right.Type);
        var x = DuckText.Coerce(left, a);
        var y = DuckText.Coerce(right, b);
        switch (binary.Operator)
        {
            case "+" or "-":
                var scale = Math.Max(a.Scale, b.Scale);
                var whole = Math.Max(a.Precision - a.Scale, b.Precision - b.Scale);
                return Pin($"({x} {binary.Operator} {y})", Math.Min(38, whole + scale + 1), scale);
            case "*" when a.Scale + b.Scale <= 38:
                return Pin($"({x} * {y})", Math.Min(38, a.Precision + b.Precision), a.Scale + b.Scale);
            case "/":
                return Divide(binary, a, b, x, y);
            default:
                throw SqlErrors.Unsupported(
                    binary.Position,
                    $"{left.Type} {binary.Operator} {right.Type} is not supported",
                    "CAST one side AS double");
        }
    }

    private static Typed Pin(string sql, int precision, int scale)
    {
        var type = SqlType.Decimal(precision, scale);
        return new Typed($"CAST({sql} AS {type.DuckDbName})", type);
    }

    /// <summary>
    /// Exact, half up: both as whole numbers of their last digit, divided as such, and back. Trino's result has the
    /// larger scale of the two, so <c>1.0 / 3</c> is <c>0.3</c>.
    /// </summary>
    private Typed Divide(Expression.Binary binary, SqlType a, SqlType b, string x, string y)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        var precision = Math.Min(38, a.Precision + b.Scale + Math.Max(0, b.Scale - a.Scale));
        var shift = scale - a.Scale + b.Scale;
        if (a.Precision + a.Scale > 37 || b.Precision + b.Scale > 37 || a.Precision + shift > 37)
        {
            throw SqlErrors.Unsupported(
                binary.Position, $"{a} / {b} is not supported", "CAST one side AS double, or to a smaller decimal");
        }

        var type = SqlType.Decimal(precision, scale);
        var dividend = $"({Unscale(x, a)} * {Power(shift)}::HUGEINT)";
        var divisor = Unscale(y, b);
        var fail = Operators.Fail("DIVISION_BY_ZERO: Division by zero", SqlType.BigInt, state);
        var guarded = $"(CASE WHEN {y} = 0 THEN {fail} ELSE abs({divisor}) END)";
        var quotient = $"((abs({dividend}) * 2 + {guarded}) // ({guarded} * 2))";
        var signed = $"(CASE WHEN ({x} < 0) <> ({y} < 0) THEN - {quotient} ELSE {quotient} END)";
        var one = $"CAST('{Fraction(scale)}' AS DECIMAL({scale + 1},{scale}))";
        return new Typed($"CAST(CAST({signed} AS DECIMAL({38 - scale - 1},0)) * {one} AS {type.DuckDbName})", type);
    }

    private static string Unscale(string x, SqlType type) =>
        $"CAST({x} * CAST('{Power(type.Scale)}' AS DECIMAL({type.Scale + 1},0)) AS HUGEINT)";

    private static string Power(int exponent) => "1" + new string('0', exponent);

    private static string Fraction(int scale) => scale == 0 ? "1" : "0." + new string('0', scale - 1) + "1";
}
