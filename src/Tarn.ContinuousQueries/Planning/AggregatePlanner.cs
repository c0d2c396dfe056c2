using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Takes aggregates apart into partials that can be merged, and says how the aggregate's value is had from merged ones.
/// </summary>
internal sealed class AggregatePlanner(PlanSession session, RecordRelation relation)
{
    private const string Known = "count, sum, avg, min, max, arg_min, arg_max, first, last, any_value, bool_and, "
        + "bool_or, count_if, bit_and, bit_or, bit_xor, product, var_pop, var_samp, stddev_pop, stddev_samp, sem, "
        + "covar_pop, covar_samp, corr, regr_..., median, quantile_cont, quantile_disc, approx_quantile, mode, "
        + "histogram, list, string_agg, approx_count_distinct, and count, sum, avg, string_agg of DISTINCT";

    private static readonly FrozenSet<string> Unrepeating = new[]
    {
        "min", "max", "bool_and", "bool_or", "bit_and", "bit_or", "any_value", "arbitrary", "approx_count_distinct",
    }.ToFrozenSet();

    private readonly PartialSet _partials = new();

    public IReadOnlyList<PartialSpec> Partials => _partials.Partials;

    /// <summary>Names of the state's columns of each partial, joined by order.</summary>
    public IReadOnlyList<string> StateNames => _partials.StateNames;

    /// <summary>SQL over the state's columns that gives the aggregate's value, of the type DuckDB itself gives
    /// it.</summary>
    public async Task<string> PlanAsync(JsonObject node)
    {
        var name = QueryTree.Text(node, "function_name");
        var call = await ReadAsync(node, name).ConfigureAwait(false);
        if (call.Orders.Count > 0 && (call.IsDistinct || !ListPlanner.Takes(name)))
        {
            throw QueryTree.Refused($"ORDER BY within {name}() is not supported in a view",
                "WITH (ttl = '1 day') keeps the rows for it; or use arg_min or arg_max");
        }

        var values = new ValuesPlanner(session, relation, _partials);
        if (call.IsDistinct)
        {
            return await values.PlanDistinctAsync(call).ConfigureAwait(false) ?? throw QueryTree.Refused(
                $"{name}(DISTINCT ...) is not supported in a view",
                "WITH (ttl = '1 day') keeps the rows for it; or group by the value as well");
        }

        return await SimpleAsync(call).ConfigureAwait(false)
            ?? await MomentsAsync(call).ConfigureAwait(false)
            ?? await values.PlanAsync(call).ConfigureAwait(false)
            ?? await new ListPlanner(session, relation, _partials).PlanAsync(call).ConfigureAwait(false)
            ?? throw QueryTree.Refused(
                $"aggregate {name}() with {call.Arguments.Count} argument(s) is not supported in a view",
                "WITH (ttl = '1 day') keeps the rows for it; merged without are " + Known);
    }

    private async Task<AggregateCall> ReadAsync(JsonObject node, string name)
    {
        var arguments = new List<string>();
        foreach (var child in node["children"]!.AsArray())
        {
            arguments.Add(await session.PrintAsync(child!).ConfigureAwait(false));
        }

        var filter = node["filter"] is { } condition
            ? await session.PrintAsync(condition).ConfigureAwait(false)
            : null;
        var orders = new List<AggregateOrder>();
        foreach (var order in node["order_bys"]?["orders"] as JsonArray ?? [])
        {
            orders.Add(new AggregateOrder(
                await session.PrintAsync(order!["expression"]!).ConfigureAwait(false),
                QueryTree.Text(order, "type") == "DESCENDING",
                QueryTree.Text(order, "null_order") == "NULLS FIRST"));
        }

        return new AggregateCall(name, arguments, filter)
        {
            // Repeats change nothing in these.
            IsDistinct = node["distinct"]!.GetValue<bool>() && !Unrepeating.Contains(name),
            Orders = orders,
        };
    }

    /// <summary>Null: none of these.</summary>
    private async Task<string?> SimpleAsync(AggregateCall call) => (call.Name, call.Arguments) switch
    {
        ("count_star", _) or ("count", []) => Count("count(*)" + call.FilterSql),
        ("count", [var x]) => Count($"count({x}){call.FilterSql}"),
        ("count_if" or "countif", [var x]) => Count("count(*)" + call.FilterWith(x)),
        ("sum", [var x]) => await SumAsync(x, call).ConfigureAwait(false),
        ("avg" or "mean", [var x]) => await AverageAsync(x, call).ConfigureAwait(false),
        ("min" or "bool_and", [var x]) => await ExtremeAsync(PartialKind.Min, x, call).ConfigureAwait(false),
        ("max" or "bool_or", [var x]) => await ExtremeAsync(PartialKind.Max, x, call).ConfigureAwait(false),
        ("arg_min" or "argmin" or "min_by", [var x, var by]) =>
            await ArgumentAsync(PartialKind.ArgMin, x, by, call).ConfigureAwait(false),
        ("arg_max" or "argmax" or "max_by", [var x, var by]) =>
            await ArgumentAsync(PartialKind.ArgMax, x, by, call).ConfigureAwait(false),
        ("first", [var x]) => await PickAsync(PartialKind.First, x, call).ConfigureAwait(false),
        ("any_value" or "arbitrary", [var x]) => await PickAsync(
            PartialKind.First, x, call with { Filter = call.Both($"({x}) IS NOT NULL") }).ConfigureAwait(false),
        ("last", [var x]) => await PickAsync(PartialKind.Last, x, call).ConfigureAwait(false),
        ("bit_and", [var x]) => await BitsAsync(PartialKind.BitAnd, x, call).ConfigureAwait(false),
        ("bit_or", [var x]) => await BitsAsync(PartialKind.BitOr, x, call).ConfigureAwait(false),
        ("bit_xor", [var x]) => await BitsAsync(PartialKind.BitXor, x, call).ConfigureAwait(false),
        ("product", [var x]) => Add(new PartialSpec(
            PartialKind.Product, [$"product({x}){call.FilterSql}"], CellType.Double)) + "_0",
        _ => null,
    };

    private async Task<string?> MomentsAsync(AggregateCall call)
    {
        if (!MomentPlanner.Takes(call))
        {
            return null;
        }

        var isDouble = false;
        foreach (var argument in call.Arguments)
        {
            isDouble |= await TypeOfAsync(argument).ConfigureAwait(false) is "DOUBLE" or "FLOAT";
        }

        return new MomentPlanner(_partials).Plan(call, isDouble);
    }

    private string Count(string sql) => Add(new PartialSpec(PartialKind.Count, [sql], CellType.Int64)) + "_0";

    private async Task<string> SumAsync(string x, AggregateCall call)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        if (type is "DOUBLE" or "FLOAT")
        {
            return Add(new PartialSpec(
                PartialKind.SumDouble, [$"CAST(sum({x}){call.FilterSql} AS DOUBLE)"], CellType.Double)) + "_0";
        }

        var (unscaled, scale) = SumOfWholes(x, call, type);
        return WholeSum.Scaled(unscaled, scale);
    }

    private async Task<string> AverageAsync(string x, AggregateCall call)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        var count = Count($"count({x}){call.FilterSql}");
        if (type is "DOUBLE" or "FLOAT")
        {
            var sum = await SumAsync(x, call).ConfigureAwait(false);
            return $"({sum} / {count})";
        }

        var (unscaled, scale) = SumOfWholes(x, call, type);
        return WholeSum.Average(unscaled, count, scale);
    }

    /// <summary>A sum without rounding or overflow: of the unscaled integers, held in 128 bits.</summary>
    private (string Unscaled, int Scale) SumOfWholes(string x, AggregateCall call, string type)
    {
        var sum = $"sum({x}){call.FilterSql}";
        var scale = CellType.DecimalDigits(type).Scale;
        IReadOnlyList<string> columns = type switch
        {
            "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" =>
                [$"CAST({sum} AS BIGINT)"],
            "BIGINT" or "UINTEGER" or "UBIGINT" => Halves(sum),
            _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) && scale <= 18 =>
                Halves($"CAST({sum} * CAST({WholeSum.Ten(scale)} AS DECIMAL(38,0)) AS HUGEINT)"),
            _ => throw QueryTree.Refused(
                $"{call.Name}() of {type} is not supported in a view",
                "cast the argument to BIGINT, DOUBLE or DECIMAL"),
        };
        var partial = Add(new PartialSpec(PartialKind.SumInteger, columns, CellType.Int64));
        return (WholeSum.Unscaled(partial + "_0", partial + "_1"), scale);
    }

    private async Task<string> ExtremeAsync(PartialKind kind, string x, AggregateCall call)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        var form = StoredForm.Of(type);
        var function = kind == PartialKind.Min ? "min" : "max";
        if (form is not { IsOrdered: true })
        {
            throw QueryTree.Refused($"{function}() of {type} is not supported in a view",
                "cast the argument to VARCHAR or DECIMAL(18,s)");
        }

        var partial = Add(new PartialSpec(kind, [form.Store($"{function}({x}){call.FilterSql}")], form.Type));
        return form.Restore(partial + "_0");
    }

    private async Task<string> ArgumentAsync(PartialKind kind, string x, string by, AggregateCall call)
    {
        var function = kind == PartialKind.ArgMin ? "min" : "max";
        var value = StoredForm.Of(await TypeOfAsync(x).ConfigureAwait(false));
        var order = StoredForm.Of(await TypeOfAsync(by).ConfigureAwait(false));
        if (value is null || order is not { IsOrdered: true })
        {
            throw QueryTree.Refused(
                $"arg_{function}() of these types is not supported in a view",
                    "cast the arguments to VARCHAR or DECIMAL(18,s)");
        }

        var present = call.FilterWith($"({x}) IS NOT NULL");
        var partial = Add(new PartialSpec(
            kind,
            [order.Store($"{function}({by}){present}"), value.Store($"arg_{function}({x}, {by}){call.FilterSql}")],
            value.Type,
            order.Type));
        return value.Restore(partial + "_1");
    }

    private async Task<string> PickAsync(PartialKind kind, string x, AggregateCall call)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        var function = kind == PartialKind.First ? "first" : "last";
        var form = StoredForm.Of(type) ?? throw QueryTree.Refused(
            $"{function}() of {type} is not supported in a view", "cast the argument to VARCHAR");
        var partial = Add(new PartialSpec(
            kind, ["count(*)" + call.FilterSql, form.Store($"{function}({x}){call.FilterSql}")], form.Type));
        return form.Restore(partial + "_1");
    }

    private async Task<string> BitsAsync(PartialKind kind, string x, AggregateCall call)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        var form = StoredForm.Of(type);
        if (form?.Type.Kind is not (CellKind.Int32 or CellKind.Int64))
        {
            throw QueryTree.Refused(
                $"{call.Name}() of {type} is not supported in a view", "cast the argument to BIGINT");
        }

        var partial = Add(new PartialSpec(kind, [form.Store($"{call.Name}({x}){call.FilterSql}")], form.Type));
        return form.Restore(partial + "_0");
    }

    private string Add(PartialSpec partial) => _partials.Add(partial);

    private Task<string> TypeOfAsync(string x) => session.TypeOfAsync(x, relation);

    private static string[] Halves(string hugeint) =>
        [$"CAST({hugeint} // 4294967296 AS BIGINT)", $"CAST({hugeint} % 4294967296 AS BIGINT)"];
}
