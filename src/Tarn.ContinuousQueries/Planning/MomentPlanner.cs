using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Variances, covariances and regressions: from counts, means and sums of squared deviations, which stay exact to the
/// last digits where sums of squares would cancel. A group that holds NaN or an infinity gives NaN.
/// </summary>
internal sealed class MomentPlanner(PartialSet partials)
{
    /// <summary>Null: the aggregate is another kind.</summary>
    /// <param name="isDouble">Whether one of the arguments may be NaN or infinite.</param>
    public string? Plan(AggregateCall call, bool isDouble) => call.Arguments switch
    {
        [var x] => OfOne(call, x, isDouble),
        [var y, var x] => OfTwo(call, y, x, isDouble),
        _ => null,
    };

    public static bool Takes(AggregateCall call) => (call.Arguments.Count == 1 && One(call.Name, "") is not null)
        || (call.Arguments.Count == 2 && Two(call.Name, "") is not null);

    private string? OfOne(AggregateCall call, string x, bool isDouble)
    {
        if (One(call.Name, "") is null)
        {
            return null;
        }

        var finite = isDouble ? $"CASE WHEN isfinite({x}) THEN {x} END" : x;
        return One(call.Name, partials.Add(new PartialSpec(
            PartialKind.Moments,
            [
                $"count({x}){call.FilterSql}",
                $"favg(CAST({x} AS DOUBLE)){call.FilterSql}",
                $"var_pop({finite}){call.FilterSql} * count({finite}){call.FilterSql}",
            ],
            CellType.Double)));
    }

    private string? OfTwo(AggregateCall call, string y, string x, bool isDouble)
    {
        if (Two(call.Name, "") is null)
        {
            return null;
        }

        var pair = $"({y}, {x})";
        var finite = isDouble
            ? $"(CASE WHEN isfinite(CAST({y} AS DOUBLE)) AND isfinite(CAST({x} AS DOUBLE)) THEN {y} END, {x})" : pair;
        return Two(call.Name, partials.Add(new PartialSpec(
            PartialKind.PairMoments,
            [
                $"CAST(regr_count{pair}{call.FilterSql} AS BIGINT)",
                $"regr_avgy{pair}{call.FilterSql}",
                $"regr_avgx{pair}{call.FilterSql}",
                $"regr_syy{finite}{call.FilterSql}",
                $"regr_sxx{finite}{call.FilterSql}",
                $"regr_sxy{finite}{call.FilterSql}",
            ],
            CellType.Double)));
    }

    /// <summary>Over _0 count, _1 mean, _2 sum of squared deviations.</summary>
    private static string? One(string name, string p) => name switch
    {
        "var_pop" => $"CASE WHEN {p}_0 > 0 THEN {p}_2 / {p}_0 END",
        "var_samp" or "variance" => $"CASE WHEN {p}_0 > 1 THEN {p}_2 / ({p}_0 - 1) END",
        "stddev_pop" => $"CASE WHEN {p}_0 > 0 THEN sqrt({p}_2 / {p}_0) END",
        "stddev_samp" or "stddev" => $"CASE WHEN {p}_0 > 1 THEN sqrt({p}_2 / ({p}_0 - 1)) END",
        "sem" => $"CASE WHEN {p}_0 > 0 THEN sqrt({p}_2 / {p}_0) / sqrt({p}_0) END",
        _ => null,
    };

    /// <summary>Over _0 count of pairs, _1 mean of y, _2 of x, _3 sum of squared deviations of y, _4 of x, _5 of
    /// products.</summary>
    private static string? Two(string name, string p)
    {
        var slope = $"CASE WHEN {p}_4 <> 0 THEN {p}_5 / {p}_4 WHEN {p}_0 > 0 THEN 'nan'::DOUBLE END";
        return name switch
        {
            "covar_pop" => $"CASE WHEN {p}_0 > 0 THEN {p}_5 / {p}_0 END",
            "covar_samp" => $"CASE WHEN {p}_0 > 1 THEN {p}_5 / ({p}_0 - 1) END",
            "corr" => $"CASE WHEN {p}_3 <> 0 AND {p}_4 <> 0 THEN {p}_5 / (sqrt({p}_3) * sqrt({p}_4)) "
                + $"WHEN {p}_0 > 0 THEN 'nan'::DOUBLE END",
            "regr_count" => $"coalesce({p}_0, 0)",
            "regr_avgy" => $"{p}_1",
            "regr_avgx" => $"{p}_2",
            "regr_syy" => $"{p}_3",
            "regr_sxx" => $"{p}_4",
            "regr_sxy" => $"{p}_5",
            "regr_slope" => slope,
            "regr_intercept" => $"CASE WHEN {p}_4 <> 0 THEN {p}_1 - {p}_5 / {p}_4 * {p}_2 END",
            "regr_r2" => $"CASE WHEN {p}_4 = 0 THEN NULL WHEN {p}_3 = 0 THEN 1 "
                + $"WHEN {p}_0 > 0 THEN ({p}_5 / {p}_4) * ({p}_5 / {p}_3) END",
            _ => null,
        };
    }
}
