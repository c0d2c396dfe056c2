using System.Globalization;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Statements;

namespace Tarn.ContinuousQueries.Answers;

/// <summary>How a view is kept, in words and SQL, a line each.</summary>
internal static class PlanText
{
    public static IReadOnlyList<string> Print(string name, ViewPlan plan, ViewOptions options,
        ContinuousQueriesOptions server)
    {
        var lines = new List<string> { $"view {name}" };
        for (var i = 0; i < plan.Leaves.Count; i++)
        {
            lines.AddRange(Leaf(i, plan.Leaves[i], options, options.ApplyTo(server)));
        }

        lines.Add("  rows of the view: " + plan.Changes switch
        {
            ChangeForm.Keyed => "those of groups that changed are computed from the state",
            ChangeForm.Append => "new ones are added",
            _ => "all are computed again from the state at each change",
        });
        lines.Add($"       {plan.FinalSql}");
        lines.AddRange(DefinitionText.Options(options).Where(option => option.Name != "ttl")
            .Select(option => $"  {option.Name}: {option.Value}"));
        return lines;
    }

    private static IEnumerable<string> Leaf(
        int number, LeafPlan leaf, ViewOptions options, ContinuousQueriesOptions used)
    {
        var source = leaf.Source;
        var keys = leaf.KeyTypes.Count;
        yield return leaf.Join is { } join
            ? $"  state {number} joins: new rows of states {number + IntervalJoinPlan.LeftLeaf} and "
                + $"{number + IntervalJoinPlan.RightLeaf} with each other and with the rows kept there"
            : $"  state {number} reads: source {source.Name}, stream '{source.Stream}', "
                + $"{source.Format.ToString().ToUpperInvariant()}, {Watermark(source)}";
        foreach (var lookup in leaf.Lookups)
        {
            yield return $"    joins each batch with: {lookup.Name} ("
                + string.Join(", ", lookup.Columns.Select(column => column.Name))
                + ") as it is then; looked at again after "
                + IntervalText.Print((long)used.LookupRefresh.TotalMicroseconds) + "; what is counted stays as it is";
        }

        yield return "    1. each batch of records: DuckDB computes "
            + (leaf.KeepsRows ? "the rows to keep" : keys == 0 ? "one row" : "one row per group");
        yield return $"       {leaf.BatchSql}";
        yield return leaf.KeepsRows
            ? "    2. every row is kept" : $"    2. kept {(keys == 0 ? "once" : "per group")}, merged in memory";
        foreach (var column in leaf.StateColumns.Take(keys))
        {
            yield return $"       key {column.Name} {column.Type}";
        }

        foreach (var partial in leaf.Partials)
        {
            yield return $"       {Partial(partial)}";
        }

        if (leaf.IsSide)
        {
            yield return "    removes: rows whose tarn_k0, the end of their partners' time, the watermark has passed";
            yield break;
        }

        if (leaf.Window is { } window)
        {
            yield return $"    windows: {window.Kind.ToString().ToUpperInvariant()} of "
                + IntervalText.Print(window.Size) + (window.Kind == WindowKind.Hop
                    ? $", one every {IntervalText.Print(window.Slide)}" : "")
                + (window.Zone is { } zone ? $", by the local time of {zone.Id}" : "");
        }

        yield return "    shows: " + (leaf.EmitsOnClose
            ? "a window's rows once, when the watermark has passed its end"
            : "every change, once its batch is counted");
        yield return "    removes: " + (options.TtlMilliseconds is not { } ttl
            ? "nothing; groups are kept"
            : leaf.Window is null
                ? $"what did not change for {IntervalText.Print(ttl * 1_000)}"
                : $"windows that ended {IntervalText.Print(ttl * 1_000)} before the watermark");
    }

    private static string Partial(PartialSpec partial)
    {
        var types = string.Join(", ", partial.StateTypes.Select(type => type.Sql));
        var what = partial.Kind switch
        {
            PartialKind.Count => "count, added up",
            PartialKind.SumInteger => "exact sum in 128 bits, added up",
            PartialKind.SumDouble => "sum, added up",
            PartialKind.Min => "least value",
            PartialKind.Max => "greatest value",
            PartialKind.ArgMin => "value at the least order",
            PartialKind.ArgMax => "value at the greatest order",
            PartialKind.First => "value that came first",
            PartialKind.Last => "value that came last",
            PartialKind.Value => "value as it came",
            PartialKind.Moments => "count, mean and squared deviations, merged",
            PartialKind.PairMoments => "count, means, squared deviations and products of pairs, merged",
            PartialKind.BitAnd or PartialKind.BitOr or PartialKind.BitXor => "bits, put together",
            PartialKind.Product => "product, multiplied",
            PartialKind.Set => "every value once",
            PartialKind.Counts => "every value once, with how often it came",
            PartialKind.List => "every value, in the order in which they came",
            PartialKind.Sketch => "sketch of the values",
            var other => string.Create(CultureInfo.InvariantCulture, $"{other}"),
        };
        return $"{what} ({types}): {string.Join(", ", partial.BatchColumns)}";
    }

    private static string Watermark(SourceSpec source) => source.Watermark switch
    {
        null => "no watermark",
        { DelayMicroseconds: 0 } watermark => $"watermark {watermark.Column}",
        var watermark => $"watermark {watermark.Column} - {IntervalText.Print(watermark.DelayMicroseconds)}",
    };
}
