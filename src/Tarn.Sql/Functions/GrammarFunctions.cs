using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>listagg and grouping, whose calls have a grammar of their own.</summary>
internal static class GrammarFunctions
{
    /// <summary>Bytes of a text that Trino's listagg gives before it overflows.</summary>
    private const int ListAggBytesMax = 1_048_576;

    public static Typed? ListAgg(SpecialCall call)
    {
        call.RequireArguments(1, 2);
        if (!call.Call.IsWithinGroup)
        {
            throw SqlErrors.Syntax(call.Call.Position, "listagg needs WITHIN GROUP (ORDER BY ...)");
        }

        if (!call[0].Type.IsText && call[0].Type.Kind != TypeKind.Unknown)
        {
            throw SqlErrors.TypeMismatch(
                call.Call.Position, $"listagg takes varchar values, not {call[0].Type}", "CAST the value AS varchar");
        }

        var separator = call.Count == 2 ? DuckText.Text(call.LiteralText(1, "separator")) : "''";
        if (call.Call.Overflow is { IsError: false } overflow)
        {
            var filler = overflow.Filler is Expression.Literal { Text: { } given } ? given : "...";
            return call.Aggregate(
                $"tarn_listagg(list_filter(«list({{0}})», lambda e: e IS NOT NULL), {separator}, "
                    + $"{DuckText.Text(filler)}, {(overflow.WithCount ? "true" : "false")})",
                SqlType.Varchar);
        }

        var list = call.Aggregate($"«string_agg({{0}}, {separator})»", SqlType.Varchar).Sql;
        var fail = Operators.Fail(
            "EXCEEDED_FUNCTION_MEMORY_LIMIT: Concatenated string has the length in bytes larger than the maximum",
            SqlType.Varchar,
            call.State);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"(CASE WHEN strlen({list}) > {ListAggBytesMax} THEN {fail} ELSE {list} END)");
        return new Typed(text, SqlType.Varchar);
    }

    /// <summary>One bit for each argument, from the left: 0 where the grouping set has it.</summary>
    public static Typed? Grouping(SpecialCall call)
    {
        call.RequireArguments(1, 31);
        var keys = Enumerable.Range(0, call.Count).Select(i => call[i].Sql);
        return new Typed($"CAST(grouping({string.Join(", ", keys)}) AS BIGINT)", SqlType.BigInt);
    }
}
