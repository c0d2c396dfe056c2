using System.Globalization;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>Functions of decimals, whose result has a precision of its own.</summary>
internal static class DecimalRounding
{
    public static Typed? Round(SpecialCall call)
    {
        call.RequireArguments(1, 2);
        if (call[0].Type is not { Kind: TypeKind.Decimal } type)
        {
            return call.Count == 2 && call[0].Type.IsInteger ? RoundInteger(call) : null;
        }

        if (call.Count == 1)
        {
            return Whole(call, "round");
        }

        return call.Call.Arguments[1] is Expression.Literal { Type.IsInteger: true, Text: { } text }
            && int.Parse(text, CultureInfo.InvariantCulture) is >= 0 and var digits
            ? Pin($"round({call[0].Sql}, {Math.Min(digits, type.Scale)})", Math.Min(38, type.Precision + 1), type.Scale)
            : null;
    }

    public static Typed? Ceil(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        return call[0].Type.Kind == TypeKind.Decimal ? Whole(call, call.Call.Name) : null;
    }

    /// <summary>truncate of a decimal: its whole part, or with so many digits of it kept.</summary>
    public static Typed? Truncate(SpecialCall call)
    {
        call.RequireArguments(1, 2);
        if (call[0].Type is not { Kind: TypeKind.Decimal } type)
        {
            return null;
        }

        if (call.Count == 1)
        {
            return Pin($"trunc({call[0].Sql})", Math.Max(1, type.Precision - type.Scale), 0);
        }

        // Taking the rest away keeps the type exact, where DuckDB's own functions would round.
        return call.Call.Arguments[1] is Expression.Literal { Type.IsInteger: true, Text: { } text }
            && int.Parse(text, CultureInfo.InvariantCulture) is >= 0 and var digits
            ? digits >= type.Scale
                ? call[0]
                : Pin(
                    $"(trunc({call[0].Sql} * CAST(1{new string('0', digits)} AS DECIMAL({digits + 1},0))) "
                        + $"* CAST({Step(digits)} AS DECIMAL({digits + 1},{digits})))",
                    type.Precision,
                    type.Scale)
            : throw Errors.SqlErrors.Unsupported(
                call.Call.Position, "truncate of a decimal takes a literal number of digits from 0 on here");
    }

    public static Typed? Sign(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        return call[0].Type.Kind == TypeKind.Decimal ? Pin($"sign({call[0].Sql})", 1, 0) : null;
    }

    private static string Step(int digits) => digits == 0 ? "1" : $"0.{new string('0', digits - 1)}1";

    private static Typed? RoundInteger(SpecialCall call) =>
        call.Call.Arguments[1] is Expression.Literal { Type.IsInteger: true, Text: { } text } && !text.StartsWith('-')
            ? call[0]
            : null;

    private static Typed Whole(SpecialCall call, string function)
    {
        var type = call[0].Type;
        var precision = Math.Min(38, type.Precision - type.Scale + Math.Min(type.Scale, 1));
        return Pin($"{function}({call[0].Sql})", Math.Max(1, precision), 0);
    }

    private static Typed Pin(string sql, int precision, int scale)
    {
        var type = SqlType.Decimal(precision, scale);
        return new Typed($"CAST({sql} AS {type.DuckDbName})", type);
    }
}
