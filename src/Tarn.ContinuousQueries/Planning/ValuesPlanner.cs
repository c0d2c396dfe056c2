using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Aggregates that need the values themselves: DISTINCT, quantiles, mode, histogram, lists, and the sketch that
/// estimates how many there are. A batch brings the values of a group as a list; the state keeps each once, with counts
/// where they matter, or all in order.
/// </summary>
internal sealed class ValuesPlanner(PlanSession session, RecordRelation relation, PartialSet partials)
{
    private const string Castable = "cast the argument to VARCHAR";

    /// <summary>Null: none of these.</summary>
    public async Task<string?> PlanAsync(AggregateCall call) => (call.Name, call.Arguments) switch
    {
        ("approx_count_distinct", [var x]) => Sketch(x, await FormAsync(x, call).ConfigureAwait(false), call),
        ("median", [var x]) => await MedianAsync(x, call).ConfigureAwait(false),
        ("quantile_cont", [var x, var q]) =>
            await QuantilesAsync(ReadingKind.Continuous, x, q, call).ConfigureAwait(false),
        ("quantile_disc" or "quantile", [var x, var q]) =>
            await QuantilesAsync(ReadingKind.Discrete, x, q, call).ConfigureAwait(false),
        ("approx_quantile", [var x, var q]) => await ApproximateAsync(x, q, call).ConfigureAwait(false),
        ("mode", [var x]) => await ModeAsync(x, call).ConfigureAwait(false),
        ("histogram", [var x]) => await HistogramAsync(x, call).ConfigureAwait(false),
        _ => null,
    };

    /// <summary>Null: the aggregate is not of DISTINCT values, or none of these.</summary>
    public async Task<string?> PlanDistinctAsync(AggregateCall call)
    {
        if (call.Arguments is not [var x, ..])
        {
            return null;
        }

        switch (call.Name, call.Arguments.Count)
        {
            case ("count", 1):
                return $"coalesce({Set(x, await FormAsync(x, call).ConfigureAwait(false), call, Size).First}, 0)";
            case ("sum" or "avg" or "mean", 1):
                return await SumAsync(x, call).ConfigureAwait(false);
            case ("string_agg" or "group_concat" or "listagg", 1 or 2):
                var text = StoredForm.Of("VARCHAR")!;
                var values = Set($"CAST({x} AS VARCHAR)", text, call, new Reading(ReadingKind.Values)).First;
                return $"array_to_string({ValueList.Restore(values, text)}, {ValueList.Separator(call)})";
            default:
                return null;
        }
    }

    private static Reading Size => new(ReadingKind.Size);

    private async Task<string> SumAsync(string x, AggregateCall call)
    {
        var form = await FormAsync(x, call).ConfigureAwait(false);
        if (form.Type.Kind is CellKind.Text or CellKind.Date or CellKind.Timestamp)
        {
            throw QueryTree.Refused(
                $"{call.Name}(DISTINCT ...) of {form.Original} is not supported in a view",
                "cast the argument to BIGINT, DOUBLE or DECIMAL(18,s)");
        }

        var (first, second) = Set(x, form, call, new Reading(ReadingKind.Sum));
        var isSum = call.Name == "sum";
        if (form.Type.IsDouble)
        {
            return isSum ? first : $"({first} / {Set(x, form, call, Size).First})";
        }

        var unscaled = WholeSum.Unscaled(first, second);
        return isSum ? WholeSum.Scaled(unscaled, form.Type.Scale)
            : WholeSum.Average(unscaled, Set(x, form, call, Size).First, form.Type.Scale);
    }

    private async Task<string> MedianAsync(string x, AggregateCall call)
    {
        var form = await FormAsync(x, call).ConfigureAwait(false);
        var kind = form.Type.Kind is CellKind.Text or CellKind.Boolean
            ? ReadingKind.Discrete : ReadingKind.Continuous;
        return Quantile(kind, x, form, new ConstantNumber(0.5, 0.5m), call);
    }

    private async Task<string> QuantilesAsync(ReadingKind kind, string x, string q, AggregateCall call)
    {
        var form = await FormAsync(x, call).ConfigureAwait(false);
        return await EachAsync(q, call, number => Quantile(kind, x, form, number, call)).ConfigureAwait(false);
    }

    private string Quantile(ReadingKind kind, string x, StoredForm form, ConstantNumber q, AggregateCall call)
    {
        if (!form.IsOrdered)
        {
            throw QueryTree.Refused(
                $"{call.Name}() of {form.Original} is not supported in a view",
                "cast the argument to DOUBLE or DECIMAL(18,s)");
        }

        var column = Counts(x, form, call, new Reading(kind, q.Value, q.Exact));
        return kind == ReadingKind.Discrete ? form.Restore(column)
            : form.Original == "FLOAT" ? $"CAST({column} AS FLOAT)" : column;
    }

    /// <summary>By buckets in place of values: as many as digits are kept, however many values there are.</summary>
    private async Task<string> ApproximateAsync(string x, string q, AggregateCall call)
    {
        var form = await FormAsync(x, call).ConfigureAwait(false);
        if (form.Type.Kind is not (CellKind.Int32 or CellKind.Int64 or CellKind.Double or CellKind.Decimal))
        {
            throw QueryTree.Refused(
                $"{call.Name}() of {form.Original} is not supported in a view",
                "cast the argument to DOUBLE, or use quantile_disc");
        }

        var bucket = QuantileBuckets.Of($"CAST({x} AS DOUBLE)");
        return await EachAsync(q, call, number =>
        {
            var column = Counts(
                bucket, StoredForm.Of("INTEGER")!, call with { Filter = call.Both($"({x}) IS NOT NULL") },
                new Reading(ReadingKind.Below, number.Value, number.Exact));
            return $"CAST({QuantileBuckets.Back(column)} AS {form.Original})";
        }).ConfigureAwait(false);
    }

    /// <summary>One quantile or a list of them.</summary>
    private async Task<string> EachAsync(string q, AggregateCall call, Func<ConstantNumber, string> plan)
    {
        var (numbers, isList) = await session.NumbersAsync(q).ConfigureAwait(false);
        if (numbers.FirstOrDefault(number => number.Value is < 0 or > 1) is { } other)
        {
            throw QueryTree.Refused(
                $"{call.Name}() of {other.Value} is not supported in a view", "a quantile lies between 0 and 1");
        }

        return isList ? $"[{string.Join(", ", numbers.Select(plan))}]" : plan(numbers[0]);
    }

    private async Task<string> ModeAsync(string x, AggregateCall call)
    {
        var form = await FormAsync(x, call).ConfigureAwait(false);
        return form.Restore(Counts(x, form, call, new Reading(ReadingKind.Mode)));
    }

    private async Task<string> HistogramAsync(string x, AggregateCall call)
    {
        var form = await FormAsync(x, call).ConfigureAwait(false);
        var values = Counts(x, form, call, new Reading(ReadingKind.Values));
        var frequencies = Counts(x, form, call, new Reading(ReadingKind.Frequencies));
        return $"map({ValueList.Restore(values, form)}, from_json({frequencies}, '[\"UBIGINT\"]'))";
    }

    private string Sketch(string x, StoredForm form, AggregateCall call) =>
        $"coalesce({partials.Add(new PartialSpec(PartialKind.Sketch, [ListOf(x, form, call)], form.Type))}_0, 0)";

    private string Counts(string x, StoredForm form, AggregateCall call, Reading reading) => partials.Add(
        new PartialSpec(PartialKind.Counts, [ListOf(x, form, call)], form.Type), reading).First;

    private (string First, string Second) Set(string x, StoredForm form, AggregateCall call, Reading reading) =>
        partials.Add(new PartialSpec(PartialKind.Set, [ListOf(x, form, call)], form.Type), reading);

    private static string ListOf(string x, StoredForm form, AggregateCall call) =>
        $"list({form.Store(x)}){call.FilterWith($"({x}) IS NOT NULL")}";

    private async Task<StoredForm> FormAsync(string x, AggregateCall call)
    {
        var type = await session.TypeOfAsync(x, relation).ConfigureAwait(false);
        return StoredForm.Of(type) ?? throw QueryTree.Refused(
            $"{call.Name}() of {type} is not supported in a view", Castable);
    }
}
