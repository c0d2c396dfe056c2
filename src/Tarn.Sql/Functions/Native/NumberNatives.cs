using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>What some aggregates make of all their values, gathered in lists.</summary>
internal static class NumberNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_weighted_percentile", (double[] values, double[] weights, double percentile) =>
            Percentile(values, weights, percentile)),
        Define.Of("tarn_histogram_centres", (double[] values, double[] weights, long buckets) =>
            Histogram(values, weights, buckets).Select(bucket => bucket.Centre).ToArray()),
        Define.Of("tarn_histogram_weights", (double[] values, double[] weights, long buckets) =>
            Histogram(values, weights, buckets).Select(bucket => bucket.Weight).ToArray()),
    ];

    /// <summary>The first of the sorted values at which that part of the weight is reached.</summary>
    private static double? Percentile(double[] values, double[] weights, double percentile)
    {
        if (percentile is < 0 or > 1)
        {
            throw Define.Invalid("percentile value must be between 0 and 1");
        }

        if (weights.Any(weight => weight <= 0))
        {
            throw Define.Invalid("percentile weight must be > 0");
        }

        var wanted = percentile * weights.Sum();
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= wanted)
            {
                return values[i];
            }
        }

        return values.Length == 0 ? null : values[^1];
    }

    /// <summary>The nearest two are merged until few enough are left.</summary>
    private static List<(double Centre, double Weight)> Histogram(double[] values, double[] weights, long buckets)
    {
        if (buckets < 2)
        {
            throw Define.Invalid("numeric_histogram bucket count must be greater than one");
        }

        var sorted = values.Zip(weights).GroupBy(pair => pair.First)
            .Select(group => (Centre: group.Key, Weight: group.Sum(pair => pair.Second)))
            .OrderBy(bucket => bucket.Centre).ToList();
        while (sorted.Count > buckets)
        {
            var nearest = 0;
            for (var i = 1; i < sorted.Count - 1; i++)
            {
                if (sorted[i + 1].Centre - sorted[i].Centre < sorted[nearest + 1].Centre - sorted[nearest].Centre)
                {
                    nearest = i;
                }
            }

            var (a, b) = (sorted[nearest], sorted[nearest + 1]);
            var weight = a.Weight + b.Weight;
            sorted[nearest] = (((a.Centre * a.Weight) + (b.Centre * b.Weight)) / weight, weight);
            sorted.RemoveAt(nearest + 1);
        }

        return sorted;
    }
}
