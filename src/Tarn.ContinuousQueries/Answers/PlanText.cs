using System.Globalization;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Statements;

namespace Tarn.ContinuousQueries.Answers;

/// <summary>How a view is kept, in words and SQL, a line each.</summary>
internal static class PlanText
{
    public static IReadOnlyList<string> Print(
        string name, ViewPlan plan, SourceSpec source, bool emitsOnClose, ViewOptions options)
    {
        var keys = plan.KeyTypes.Count;
        var lines = new List<string>
        {
            $"view {name}",
            $"  reads: source {source.Name}, stream '{source.Stream}', {source.Format.ToString().ToUpperInvariant()}, "
                + Watermark(source),
            "  1. each batch of records: DuckDB computes " + (keys == 0 ? "one row" : "one row per group"),
            $"       {plan.BatchSql}",
            "  2. kept as state, " + (keys == 0 ? "once" : "per group") + ", merged in memory",
        };
        lines.AddRange(plan.StateColumns.Take(keys).Select(column => $"       key {column.Name} {column.Type}"));
        lines.AddRange(plan.Partials.Select(partial => $"       {Partial(partial)}"));
        lines.Add(plan.ChangesAreKeyed
            ? "  3. rows of groups that changed are computed from the state"
            : "  3. all rows are computed again from the state at each change: "
                + "a row may leave the view, or its key is not among the columns");
        lines.Add($"       {plan.FinalSql}");
        lines.Add("  emits: " + (emitsOnClose
            ? "a window's rows once, when the watermark has passed its end"
            : "every change, once its batch is counted"));
        lines.Add("  removes: " + (options.TtlMilliseconds is { } ttl
            ? $"groups that did not change for {IntervalText.Print(ttl * 1_000)}"
            : "nothing; groups are kept"));
        lines.AddRange(DefinitionText.Options(options).Where(option => option.Name != "ttl")
            .Select(option => $"  {option.Name}: {option.Value}"));
        return lines;
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
