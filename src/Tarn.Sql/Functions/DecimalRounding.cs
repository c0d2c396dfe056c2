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
