using System.Globalization;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Numbers as buckets of a logarithmic scale (DDSketch): two numbers of a bucket differ by at most 2 %, so its middle
/// is off by at most 1 %. A bucket's number grows with the numbers in it; zero, the infinities and NaN have their own.
/// </summary>
internal static class QuantileBuckets
{
    private const double Error = 0.01;
    private const int Zero = 500_000;
    private const int Infinity = 1_000_000;
    private const int NaN = 2_000_000;

    private static readonly double Ratio = (1 + Error) / (1 - Error);

    private static string Step { get; } = Math.Log(Ratio).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Half a bucket from its upper bound to its middle.</summary>
    private static string Middle { get; } = (2 / (1 + Ratio)).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The number's bucket, an INTEGER.</summary>
    public static string Of(string x) =>
        $"CASE WHEN isnan({x}) THEN {NaN} WHEN isinf({x}) THEN CAST(sign({x}) AS INTEGER) * {Infinity} "
        + $"WHEN {x} = 0 THEN 0 "
        + $"ELSE CAST(sign({x}) AS INTEGER) * ({Zero} + CAST(ceil(ln(abs({x})) / {Step}) AS INTEGER)) END";

    /// <summary>A number of the bucket, a DOUBLE.</summary>
    public static string Back(string bucket) =>
        $"CASE WHEN {bucket} = {NaN} THEN 'nan'::DOUBLE WHEN abs({bucket}) = {Infinity} "
        + $"THEN sign({bucket}) * 'inf'::DOUBLE WHEN {bucket} = 0 THEN 0::DOUBLE "
        + $"ELSE sign({bucket}) * exp((abs({bucket}) - {Zero}) * {Step}) * {Middle} END";
}
