using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Takes aggregates apart into partials that can be merged, and says how the aggregate's value is had from merged ones.
/// Equal partials are shared: avg(x) and sum(x) keep one sum.
/// </summary>
internal sealed class AggregatePlanner(PlanSession session, RecordRelation relation)
{
    private static readonly string[] Known =
    [
        "count", "sum", "avg", "min", "max", "arg_min", "arg_max", "first", "last", "any_value", "bool_and",
            "bool_or", "count_if",
    ];

    private readonly List<PartialSpec> _partials = [];
    private readonly List<string> _names = [];

    public IReadOnlyList<PartialSpec> Partials => _partials;

    /// <summary>Names of the state's columns of each partial, joined by order.</summary>
    public IReadOnlyList<string> StateNames =>
        [.. _partials.SelectMany((partial, i) => partial.StateTypes.Select((_, part) => $"{_names[i]}_{part}"))];

    /// <summary>SQL over the state's columns that gives the aggregate's value, of the type DuckDB itself gives
    /// it.</summary>
    public async Task<string> PlanAsync(JsonObject call)
    {
        var name = QueryTree.Text(call, "function_name");
        if (call["distinct"]!.GetValue<bool>())
        {
            throw QueryTree.Refused(
                $"{name}(DISTINCT ...) is not supported in a view",
                "WITH (ttl = '1 day') keeps the rows for it; or group by the value as well");
        }

        if (call["order_bys"]?["orders"] is JsonArray { Count: > 0 })
        {
            throw QueryTree.Refused($"ORDER BY within {name}() is not supported in a view",
                "WITH (ttl = '1 day') keeps the rows for it; or use arg_min or arg_max");
        }

        var arguments = new List<string>();
        foreach (var child in call["children"]!.AsArray())
        {
            arguments.Add(await session.PrintAsync(child!).ConfigureAwait(false));
        }

        var filter = call["filter"] is { } condition
            ? await session.PrintAsync(condition).ConfigureAwait(false)
            : null;
        return (name, arguments) switch
        {
            ("count_star", _) or ("count", []) => Count("count(*)", filter),
            ("count", [var x]) => Count($"count({x})", filter),
            ("count_if" or "countif", [var x]) => Count("count(*)", And(filter, x)),
            ("sum", [var x]) => await SumAsync(x, filter, name).ConfigureAwait(false),
            ("avg" or "mean", [var x]) => await AverageAsync(x, filter, name).ConfigureAwait(false),
            ("min", [var x]) => await ExtremeAsync(PartialKind.Min, x, filter).ConfigureAwait(false),
            ("max", [var x]) => await ExtremeAsync(PartialKind.Max, x, filter).ConfigureAwait(false),
            ("bool_and", [var x]) => await ExtremeAsync(PartialKind.Min, x, filter).ConfigureAwait(false),
            ("bool_or", [var x]) => await ExtremeAsync(PartialKind.Max, x, filter).ConfigureAwait(false),
            ("arg_min" or "argmin" or "min_by", [var x, var by]) =>
                await ArgumentAsync(PartialKind.ArgMin, x, by, filter).ConfigureAwait(false),
            ("arg_max" or "argmax" or "max_by", [var x, var by]) =>
                await ArgumentAsync(PartialKind.ArgMax, x, by, filter).ConfigureAwait(false),
            ("first", [var x]) => await PickAsync(PartialKind.First, x, filter).ConfigureAwait(false),
            ("any_value" or "arbitrary", [var x]) =>
                await PickAsync(PartialKind.First, x, And(filter, $"({x}) IS NOT NULL")).ConfigureAwait(false),
            ("last", [var x]) => await PickAsync(PartialKind.Last, x, filter).ConfigureAwait(false),
            _ => throw QueryTree.Refused(
                $"aggregate {name}() with {arguments.Count} argument(s) is not supported in a view",
                "WITH (ttl = '1 day') keeps the rows for it; merged without are " + string.Join(", ", Known)),
        };
    }

    private string Count(string sql, string? filter) =>
        Add(new PartialSpec(PartialKind.Count, [sql + Filter(filter)], CellType.Int64)) + "_0";

    private async Task<string> SumAsync(string x, string? filter, string name)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        if (type is "DOUBLE" or "FLOAT")
        {
            return Add(new PartialSpec(
                PartialKind.SumDouble, [$"CAST(sum({x}){Filter(filter)} AS DOUBLE)"], CellType.Double)) + "_0";
        }

        return SumOfWholes(x, filter, type, name) is var (unscaled, scale) && scale == 0
            ? unscaled
            : $"(CAST({unscaled} AS DECIMAL({37 - scale},0)) * CAST('{Unit(scale)}' AS DECIMAL({scale + 1},{scale})))";
    }

    private async Task<string> AverageAsync(string x, string? filter, string name)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        var count = Count($"count({x})", filter);
        if (type is "DOUBLE" or "FLOAT")
        {
            var sum = await SumAsync(x, filter, name).ConfigureAwait(false);
            return $"({sum} / {count})";
        }

        var (unscaled, scale) = SumOfWholes(x, filter, type, name);
        return $"(CAST({unscaled} AS DOUBLE) / ({count} * {Ten(scale)}))";
    }

    /// <summary>A sum without rounding or overflow: of the unscaled integers, held in 128 bits.</summary>
    private (string Unscaled, int Scale) SumOfWholes(string x, string? filter, string type, string name)
    {
        var sum = $"sum({x}){Filter(filter)}";
        var scale = CellType.DecimalDigits(type).Scale;
        IReadOnlyList<string> columns = type switch
        {
            "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" =>
                [$"CAST({sum} AS BIGINT)"],
            "BIGINT" or "UINTEGER" or "UBIGINT" => Halves(sum),
            _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) && scale <= 18 =>
                Halves($"CAST({sum} * CAST({Ten(scale)} AS DECIMAL(38,0)) AS HUGEINT)"),
            _ => throw QueryTree.Refused(
                $"{name}() of {type} is not supported in a view", "cast the argument to BIGINT, DOUBLE or DECIMAL"),
        };
        var partial = Add(new PartialSpec(PartialKind.SumInteger, columns, CellType.Int64));
        return ($"(CAST({partial}_0 AS HUGEINT) * 4611686018427387904 + {partial}_1)", scale);
    }

    private async Task<string> ExtremeAsync(PartialKind kind, string x, string? filter)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        var form = StoredForm.Of(type);
        var function = kind == PartialKind.Min ? "min" : "max";
        if (form is not { IsOrdered: true })
        {
            throw QueryTree.Refused($"{function}() of {type} is not supported in a view",
                "cast the argument to VARCHAR or DECIMAL(18,s)");
        }

        var partial = Add(new PartialSpec(kind, [form.Store($"{function}({x}){Filter(filter)}")], form.Type));
        return form.Restore(partial + "_0");
    }

    private async Task<string> ArgumentAsync(PartialKind kind, string x, string by, string? filter)
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

        var present = Filter(And(filter, $"({x}) IS NOT NULL"));
        var partial = Add(new PartialSpec(
            kind,
            [order.Store($"{function}({by}){present}"), value.Store($"arg_{function}({x}, {by}){Filter(filter)}")],
            value.Type,
            order.Type));
        return value.Restore(partial + "_1");
    }

    private async Task<string> PickAsync(PartialKind kind, string x, string? filter)
    {
        var type = await TypeOfAsync(x).ConfigureAwait(false);
        var function = kind == PartialKind.First ? "first" : "last";
        var form = StoredForm.Of(type) ?? throw QueryTree.Refused(
            $"{function}() of {type} is not supported in a view", "cast the argument to VARCHAR");
        var partial = Add(new PartialSpec(
            kind, ["count(*)" + Filter(filter), form.Store($"{function}({x}){Filter(filter)}")], form.Type));
        return form.Restore(partial + "_1");
    }

    /// <summary>The name under which the partial's columns go; an equal one is there already or is added.</summary>
    private string Add(PartialSpec partial)
    {
        var at = _partials.FindIndex(
            known => known.Kind == partial.Kind && known.BatchColumns.SequenceEqual(partial.BatchColumns));
        if (at < 0)
        {
            at = _partials.Count;
            _partials.Add(partial);
            _names.Add($"tarn_p{at}");
        }

        return _names[at];
    }

    private Task<string> TypeOfAsync(string x) => session.TypeOfAsync(x, relation);

    private static string[] Halves(string hugeint) =>
        [$"CAST({hugeint} // 4294967296 AS BIGINT)", $"CAST({hugeint} % 4294967296 AS BIGINT)"];

    private static string Filter(string? condition) => condition is null ? "" : $" FILTER (WHERE {condition})";

    private static string And(string? condition, string other) =>
        condition is null ? other : $"({condition}) AND ({other})";

    private static string Ten(int scale) => "1" + new string('0', scale);

    private static string Unit(int scale) => "0." + new string('0', scale - 1) + "1";
}
