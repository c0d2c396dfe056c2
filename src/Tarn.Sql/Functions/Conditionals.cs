using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>coalesce, nullif, if, try, greatest and least.</summary>
internal static class Conditionals
{
    public static Typed? Coalesce(SpecialCall call)
    {
        call.RequireArguments(2, int.MaxValue);
        var (values, type) = Common(call, 0);
        return new Typed($"coalesce({string.Join(", ", values)})", type);
    }

    public static Typed? NullIf(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var test = new Operators(call.State).Compare(call.Call.Position, "=", call[0], call[1]);
        return new Typed($"(CASE WHEN {test} THEN NULL ELSE {call[0].Sql} END)", call[0].Type);
    }

    public static Typed? If(SpecialCall call)
    {
        call.RequireArguments(2, 3);
        if (call[0].Type.Kind is not (TypeKind.Boolean or TypeKind.Unknown))
        {
            throw call.Mismatch();
        }

        var (values, type) = Common(call, 1);
        var otherwise = values.Count == 2 ? $" ELSE {values[1]}" : "";
        return new Typed($"(CASE WHEN {call[0].Sql} THEN {values[0]}{otherwise} END)", type);
    }

    public static Typed? Try(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        var outer = call.State.IsInTry;
        call.State.IsInTry = true;
        var value = call[0];
        call.State.IsInTry = outer;
        if (Once.IsVolatile(value.Sql))
        {
            throw SqlErrors.Unsupported(
                call.Call.Position,
                "TRY of a random value is not supported",
                "compute rand(), uuid() or shuffle() in a subquery, and TRY what is made of it");
        }

        return new Typed($"TRY({value.Sql})", value.Type);
    }

    /// <summary>NULL when any argument is, unlike DuckDB's functions of these names.</summary>
    public static Typed? Extreme(SpecialCall call)
    {
        call.RequireArguments(1, int.MaxValue);
        var (values, type) = Common(call, 0);
        var tests = values.Select(value => $"{value} IS NULL");
        if (type.IsFloating && call.Call.Name == "greatest")
        {
            // NaN only when there is no number; DuckDB takes it for the greatest.
            var numbers = values.Select(value => $"CASE WHEN NOT isnan({value}) THEN {value} END");
            return new Typed(
                $"(CASE WHEN {string.Join(" OR ", tests)} THEN NULL "
                    + $"ELSE coalesce(greatest({string.Join(", ", numbers)}), {values[0]}) END)",
                type);
        }

        return new Typed(
            $"(CASE WHEN {string.Join(" OR ", tests)} THEN NULL "
                + $"ELSE {call.Call.Name}({string.Join(", ", values)}) END)",
            type);
    }

    private static (List<string> Values, SqlType Type) Common(SpecialCall call, int first)
    {
        var values = Enumerable.Range(first, call.Count - first).Select(i => call[i]).ToList();
        var type = ExpressionTranslator.CommonType(
            call.Call.Position, $"All {call.Call.Name} operands must be the same type", values);
        return ([.. values.Select(value => DuckText.Coerce(value, type))], type);
    }
}
