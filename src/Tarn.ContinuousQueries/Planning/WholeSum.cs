using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>How an exact sum is had from the two columns that the state offers of it.</summary>
internal static class WholeSum
{
    /// <summary>The sum as a HUGEINT, of decimals that of the unscaled integers.</summary>
    public static string Unscaled(string high, string low) =>
        $"(CAST({high} AS HUGEINT) * 4611686018427387904 + {low})";

    /// <summary>The sum of numbers with so many digits after the point, of the type DuckDB gives it.</summary>
    public static string Scaled(string unscaled, int scale) => scale == 0
        ? unscaled
        : $"(CAST({unscaled} AS DECIMAL({37 - scale},0)) * CAST('{Unit(scale)}' AS DECIMAL({scale + 1},{scale})))";

    public static string Average(string unscaled, string count, int scale) =>
        $"(CAST({unscaled} AS DOUBLE) / ({count} * {Ten(scale)}))";

    /// <summary>A one with so many zeros.</summary>
    public static string Ten(int scale) => "1" + new string('0', scale);

    private static string Unit(int scale) => "0." + new string('0', scale - 1) + "1";
}
