namespace Tarn.Benchmarks.Figures;

/// <summary>Order statistics; a shared machine makes means worthless.</summary>
internal static class Medians
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(0.5);

    /// <summary>Records a second, from the rounds' wall times.</summary>
    public static double Rate(this IEnumerable<Measured> rounds, long records) =>
        records / rounds.Select(round => round.Elapsed.TotalSeconds).Median();

    /// <summary>CPU nanoseconds a record.</summary>
    public static double CpuCost(this IEnumerable<Measured> rounds, long records) =>
        rounds.Select(round => round.Cpu.TotalNanoseconds).Median() / records;

    /// <summary>The smallest value that at least this share of the values does not exceed.</summary>
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var rank = (int)Math.Ceiling(share * sorted.Length);
        return sorted[Math.Clamp(rank - 1, 0, sorted.Length - 1)];
    }
}
