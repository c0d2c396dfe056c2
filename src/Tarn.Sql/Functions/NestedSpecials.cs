using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>Functions of arrays and maps whose text or type depends on more than a row can say.</summary>
internal static class NestedSpecials
{
    /// <summary>Entries that Trino lets sequence make.</summary>
    private const int SequenceMax = 10_000;

    public static IReadOnlyDictionary<string, Func<SpecialCall, Typed?>> Table { get; } =
        new Dictionary<string, Func<SpecialCall, Typed?>>(StringComparer.Ordinal)
        {
            ["transform"] = Lambdas.Transform,
            ["filter"] = Lambdas.Filter,
            ["all_match"] = Lambdas.All,
            ["any_match"] = Lambdas.Any,
            ["none_match"] = Lambdas.None,
            ["array_sort"] = Lambdas.Sort,
            ["reduce"] = Lambdas.Reduce,
            ["zip_with"] = Lambdas.ZipWith,
            ["zip"] = Zip,
            ["array_join"] = Join,
            ["combinations"] = Combinations,
            ["sequence"] = Sequence,
            ["map"] = Maps.Create,
            ["map_concat"] = Maps.Concat,
            ["map_entries"] = Maps.Entries,
            ["map_from_entries"] = Maps.FromEntries,
            ["multimap_from_entries"] = Maps.MultimapFromEntries,
            ["map_filter"] = Maps.Filter,
            ["transform_keys"] = Maps.TransformKeys,
            ["transform_values"] = Maps.TransformValues,
            ["map_zip_with"] = Maps.ZipWith,
        };

    private static Typed? Zip(SpecialCall call)
    {
        call.RequireArguments(2, 5);
        var arrays = Enumerable.Range(0, call.Count).Select(i => call[i]).ToList();
        if (arrays.Any(array => array.Type.Kind != TypeKind.Array))
        {
            throw call.Mismatch();
        }

        var type = SqlType.Row(
            [.. arrays.Select(_ => "")], [.. arrays.Select(array => array.Type.Arguments[0])]);
        var present = string.Join(" AND ", arrays.Select(array => $"{array.Sql} IS NOT NULL"));
        return new Typed(
            $"(CASE WHEN {present} THEN CAST(list_zip({string.Join(", ", arrays.Select(array => array.Sql))}) "
                + $"AS {type.DuckDbName}[]) END)",
            SqlType.Array(type));
    }

    /// <summary>Elements as CAST AS varchar writes them; NULLs are left out unless there is a text for them.</summary>
    private static Typed? Join(SpecialCall call)
    {
        call.RequireArguments(2, 3);
        if (call[0].Type.Kind != TypeKind.Array)
        {
            throw call.Mismatch();
        }

        var element = call[0].Type.Arguments[0];
        var text = element.Kind == TypeKind.Unknown ? "CAST(e AS VARCHAR)"
            : TextOf.Value(new Typed("e", element)) ?? throw call.Mismatch();
        var separator = DuckText.Coerce(call[1], SqlType.Varchar);
        return call.Count == 2
            ? new Typed(
                $"array_to_string(list_transform({call[0].Sql}, lambda e: {text}), {separator})", SqlType.Varchar)
            : new Typed(
                $"array_to_string(list_transform({call[0].Sql}, lambda e: coalesce({text}, "
                    + $"{DuckText.Coerce(call[2], SqlType.Varchar)})), {separator})",
                SqlType.Varchar);
    }

    /// <summary>By the greatest position first, as Trino orders them.</summary>
    private static Typed? Combinations(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        if (call[0].Type.Kind != TypeKind.Array)
        {
            throw call.Mismatch();
        }

        var size = call.Call.Arguments[1] is Expression.Literal { Type.IsInteger: true, Text: { } text }
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : throw SqlErrors.Unsupported(
                call.Call.Arguments[1].Position, "combinations takes a literal size of 0 to 5 here");
        if (size > 5)
        {
            throw SqlErrors.Invalid(
                "INVALID_FUNCTION_ARGUMENT", call.Call.Position, "combination size must not exceed 5");
        }

        var list = $"[CAST([] AS {call[0].Type.DuckDbName})]";
        return new Typed(
            Casts.Let(call[0].Sql, array => $"(CASE WHEN {array} IS NOT NULL THEN "
                + $"{Combine(array, list, size, $"len({array})")} END)"),
            SqlType.Array(call[0].Type));
    }

    private static string Combine(string array, string none, int size, string bound) => size == 0
        ? none
        : $"flatten(list_transform(range({size}, {bound} + 1), lambda i{size}: list_transform("
            + $"{Combine(array, none, size - 1, $"i{size} - 1")}, lambda c: c || [({array})[i{size}]])))";

    private static Typed? Sequence(SpecialCall call)
    {
        call.RequireArguments(2, 3);
        var type = Coercion.Common(call[0].Type, call[1].Type) ?? throw call.Mismatch();
        var (start, stop) = (DuckText.Coerce(call[0], type), DuckText.Coerce(call[1], type));
        if (type.IsInteger)
        {
            (start, stop) = (DuckText.Coerce(call[0], SqlType.BigInt), DuckText.Coerce(call[1], SqlType.BigInt));
            var by = call.Count == 2 ? $"CASE WHEN {start} <= {stop} THEN 1 ELSE -1 END"
                : call[2].Type.IsInteger ? DuckText.Coerce(call[2], SqlType.BigInt)
                : throw call.Mismatch();
            return new Typed(
                Guard(call, start, stop, by, s => $"(abs(CAST({stop} AS HUGEINT) - {start}) // abs({s}) + 1)", "0"),
                SqlType.Array(SqlType.BigInt));
        }

        var isMonths = call.Count == 3 && call[2].Type.Kind == TypeKind.IntervalYearToMonth;
        if (type.Kind is not (TypeKind.Date or TypeKind.Timestamp)
            || (call.Count == 3 && !isMonths && call[2].Type.Kind != TypeKind.IntervalDayToSecond)
            || (call.Count == 2 && type.Kind != TypeKind.Date))
        {
            throw call.Mismatch();
        }

        var step = call.Count == 3 ? call[2].Sql
            : $"CASE WHEN {start} <= {stop} THEN INTERVAL '1 day' ELSE INTERVAL '-1 day' END";
        var unit = isMonths ? "(date_part('year', {0}) * 12 + date_part('month', {0}))" : "epoch_us({0})";
        var span = isMonths
            ? $"abs(date_sub('month', {start}, {stop}))"
            : $"abs(epoch_us({stop}) - epoch_us({start}))";
        var rows = Guard(
            call,
            start,
            stop,
            step,
            s => $"({span} // abs({unit.Replace("{0}", s, StringComparison.Ordinal)}) + 1)",
            "INTERVAL '0 day'",
            isMonths);
        return new Typed(
            type.Kind == TypeKind.Date ? $"list_transform({rows}, lambda e: CAST(e AS DATE))" : rows,
            SqlType.Array(type));
    }

    /// <summary>The series, or Trino's errors for a step of no or the wrong direction, or for too many.</summary>
    private static string Guard(
        SpecialCall call,
        string start,
        string stop,
        string step,
        Func<string, string> count,
        string zero,
        bool isMonths = false)
    {
        string Fail(string message) =>
            Operators.Fail($"INVALID_FUNCTION_ARGUMENT: {message}", SqlType.Array(SqlType.BigInt), call.State)
                .Replace("BIGINT[]", "VARCHAR", StringComparison.Ordinal);
        return Casts.Let(
            $"struct_pack(a := {start}, z := {stop}, s := {step})",
            k => $"CASE WHEN {k}.a IS NULL OR {k}.z IS NULL OR {k}.s IS NULL THEN NULL "
                + $"WHEN {k}.s = {zero} THEN {Fail("step must not be zero")} "
                + $"WHEN ({k}.s > {zero} AND {k}.a > {k}.z) OR ({k}.s < {zero} AND {k}.a < {k}.z) THEN "
                + Fail("sequence stop value should be greater than or equal to start value if step is greater than "
                    + "zero otherwise stop should be less than or equal to start")
                + $" WHEN {count($"{k}.s")} > {SequenceMax} THEN "
                + Fail($"result of sequence function must not have more than {SequenceMax} entries")
                + (isMonths
                    ? $" ELSE list_transform(range({count($"{k}.s")}), lambda i: {k}.a + to_months(CAST(i * "
                        + $"(date_part('year', {k}.s) * 12 + date_part('month', {k}.s)) AS INTEGER))) END"
                    : $" ELSE generate_series({k}.a, {k}.z, {k}.s) END"));
    }
}
