using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>Aggregates whose text or type depends on more than a row can say.</summary>
internal static class AggregateSpecials
{
    /// <summary>The standard error of DuckDB's approx_count_distinct is about this; for less, all count.</summary>
    private const double DistinctError = 0.023;

    public static IReadOnlyDictionary<string, Func<SpecialCall, Typed?>> Table { get; } =
        new Dictionary<string, Func<SpecialCall, Typed?>>(StringComparer.Ordinal)
        {
            ["sum"] = Sum,
            ["avg"] = Average,
            ["approx_distinct"] = Distinct,
            ["approx_percentile"] = Percentile,
            ["approx_most_frequent"] = MostFrequent,
            ["map_agg"] = MapAgg,
            ["multimap_agg"] = MultimapAgg,
            ["map_union"] = MapUnion,
            ["reduce_agg"] = ReduceAgg,
            ["numeric_histogram"] = NumericHistogram,
        };

    /// <summary>Of a decimal: decimal(38,s), whose overflow DuckDB sees only some digits later.</summary>
    private static Typed? Sum(SpecialCall call)
    {
        if (call.Count != 1 || call[0].Type is not { Kind: TypeKind.Decimal } type)
        {
            return null;
        }

        var result = SqlType.Decimal(38, type.Scale);
        var most = $"CAST('{new string('9', 38 - type.Scale)}.{new string('9', type.Scale)}' AS {result.DuckDbName})";
        var fail = Operators.Fail("NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow", result, call.State);
        return call.Aggregate(
            call[0].Narrow is { } narrow ? $"«sum({narrow})»"
                : type.Precision < 30 ? "«sum({0})»"
                : $"(CASE WHEN abs(«sum({{0}})») > {most} THEN {fail} ELSE «sum({{0}})» END)",
            result);
    }

    /// <summary>Of a decimal: its own type, half up; the quotient is taken exactly.</summary>
    private static Typed? Average(SpecialCall call)
    {
        if (call.Count != 1 || call[0].Type is not { Kind: TypeKind.Decimal } type)
        {
            return null;
        }

        var sum = SqlType.Decimal(38, type.Scale);
        var quotient = DecimalArithmetic.Average("«sum({0})»", sum, "«count({0})»", type);
        return call.Aggregate($"(CASE WHEN «count({{0}})» > 0 THEN {quotient} END)", type);
    }

    private static Typed? Distinct(SpecialCall call)
    {
        if (call.Count != 2)
        {
            return null;
        }

        if (call.Call.Arguments[1] is not Expression.Literal { Type.IsNumeric: true, Text: { } text }
            || !double.TryParse(text, CultureInfo.InvariantCulture, out var error))
        {
            throw SqlErrors.Unsupported(
                call.Call.Arguments[1].Position, "approx_distinct takes a literal standard error here");
        }

        if (error is < 0.0040625 or > 0.26)
        {
            throw SqlErrors.Invalid(
                "INVALID_FUNCTION_ARGUMENT",
                call.Call.Arguments[1].Position,
                $"Standard error must be in [0.0040625, 0.26]: {text}");
        }

        return call.Aggregate(
            error < DistinctError ? "«count(DISTINCT {0})»" : "«approx_count_distinct({0})»", SqlType.BigInt);
    }

    /// <summary>With weights: exact, from all values.</summary>
    private static Typed? Percentile(SpecialCall call)
    {
        if (call.Count < 3)
        {
            return null;
        }

        var type = call[0].Type.Kind switch
        {
            TypeKind.Real => SqlType.Real,
            _ when call[0].Type.IsInteger => SqlType.BigInt,
            _ when call[0].Type.IsNumeric => SqlType.Double,
            _ => throw call.Mismatch(),
        };
        if (call.Count > 3 || !call[1].Type.IsNumeric)
        {
            throw call.Mismatch();
        }

        var values = $"«list(CAST({call[0].Sql} AS DOUBLE) ORDER BY {call[0].Sql}) FILTER (WHERE {Both(call)})»";
        var weights = $"«list(CAST({call[1].Sql} AS DOUBLE) ORDER BY {call[0].Sql}) FILTER (WHERE {Both(call)})»";
        if (call.Call.Filter is not null || call.Call.IsDistinct || call.Call.OrderBy.Count > 0)
        {
            throw SqlErrors.Unsupported(
                call.Call.Position, "approx_percentile with weights takes no FILTER, DISTINCT or ORDER BY here");
        }

        string At(string percentile) =>
            $"CAST(tarn_weighted_percentile({values}, {weights}, CAST({percentile} AS DOUBLE)) AS {type.DuckDbName})";
        return call[2].Type.Kind == TypeKind.Array
            ? call.Call.Arguments[2] is Expression.ArrayOf array
                ? call.Aggregate(
                    $"[{string.Join(", ", array.Items.Select(item => At(call.Argument(item).Sql)))}]",
                    SqlType.Array(type))
                : throw SqlErrors.Unsupported(
                    call.Call.Position, "approx_percentile with weights takes ARRAY[...] of percentiles here")
            : call.Aggregate(At(call[2].Sql), type);
    }

    private static string Both(SpecialCall call) => $"{call[0].Sql} IS NOT NULL AND {call[1].Sql} IS NOT NULL";

    /// <summary>approx_most_frequent(buckets, value, capacity): exact.</summary>
    private static Typed? MostFrequent(SpecialCall call)
    {
        call.RequireArguments(3, 3);
        var type = SqlType.Map(call[1].Type, SqlType.BigInt);
        return call.Aggregate(
            "map_from_entries(list_transform(list_sort(list_transform(map_entries(«histogram({1})»), "
                + "lambda e: struct_pack(n := - CAST(e.value AS BIGINT), k := e.key)))[1 : {0}], "
                + "lambda e: struct_pack(key := e.k, value := - e.n)))",
            type);
    }

    private static Typed? MapAgg(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        return call.Aggregate(Maps.Unique(Pairs), SqlType.Map(call[0].Type, call[1].Type));
    }

    private static Typed? MultimapAgg(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        return call.Aggregate(
            Casts.Let($"{Pairs}", list => $"CASE WHEN {list} IS NOT NULL THEN {Maps.Group(list)} END"),
            SqlType.Map(call[0].Type, SqlType.Array(call[1].Type)));
    }

    /// <summary>NULL keys are left out; NULL when no row is left.</summary>
    private const string Pairs =
        "nullif(list_filter(«list(struct_pack(key := {0}, value := {1}))», lambda e: e.key IS NOT NULL), [])";

    private static Typed? MapUnion(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        return call[0].Type.Kind == TypeKind.Map
            ? call.Aggregate(
                Maps.Unique("flatten(list_filter(«list(map_entries({0}))», lambda e: e IS NOT NULL))"), call[0].Type)
            : throw call.Mismatch();
    }

    /// <summary>reduce_agg(value, start, (s, x) -> s, (a, b) -> s); one state sees all values.</summary>
    private static Typed? ReduceAgg(SpecialCall call)
    {
        call.RequireArguments(4, 4);
        var (a, b) = (call.State.NewName("x"), call.State.NewName("x"));
        var state = call[1].Type;
        var step = call.Bind(2, ($"{a}.s", state), ($"{b}.e", call[0].Type))
            ?? throw Lambdas.Wrong(call, "a lambda (s, x) -> s");
        if (call.Call.Arguments[3] is not Expression.Lambda { Parameters.Count: 2 })
        {
            throw Lambdas.Wrong(call, "a lambda (a, b) -> s");
        }

        if (!Coercion.CanCoerce(step.Type, state))
        {
            throw Lambdas.Wrong(call, $"a lambda (s, x) -> s that gives {state}");
        }

        const string List = "nullif(list_filter(«list({0})», lambda e: e IS NOT NULL), [])";
        var folded = Lambdas.Fold(List, call[1].Sql, state.DuckDbName, DuckText.Coerce(step, state), (a, b));
        return call.Aggregate($"(CASE WHEN {List} IS NOT NULL THEN {folded} END)", state);
    }

    /// <summary>numeric_histogram(buckets, value[, weight]): centres and weights.</summary>
    private static Typed? NumericHistogram(SpecialCall call)
    {
        call.RequireArguments(2, 3);
        if (!call[1].Type.IsNumeric || (call.Count == 3 && !call[2].Type.IsNumeric))
        {
            throw call.Mismatch();
        }

        var weight = call.Count == 3 ? "CAST({2} AS DOUBLE)" : "CAST(1 AS DOUBLE)";
        var lists = "«list(CAST({1} AS DOUBLE))», " + $"«list({weight})»";
        var type = SqlType.Map(SqlType.Double, SqlType.Double);
        return call.Aggregate(
            $"map(tarn_histogram_centres({lists}, CAST({call[0].Sql} AS BIGINT)), "
                + $"tarn_histogram_weights({lists}, CAST({call[0].Sql} AS BIGINT)))",
            type);
    }
}
