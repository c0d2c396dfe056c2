namespace Tarn.Query.Executions;

/// <summary>What a query will read.</summary>
/// <param name="Bytes">Bytes of the files and column chunks that it needs after pruning.</param>
/// <param name="Files">Files among them.</param>
/// <param name="AthenaPriceUsd">What Athena would charge, by the price that is set.</param>
public sealed record ScanEstimate(long Bytes, int Files, decimal AthenaPriceUsd)
{
    private const decimal BytesPerTerabyte = 1_000_000_000_000m;

    private const decimal UsualPriceUsd = 5m;
    private const long UsualBytesMin = 10_000_000;

    /// <summary>Of 10^12 scanned bytes when the query was planned; null: 5.</summary>
    public decimal? TerabytePriceUsd { get; init; }

    /// <summary>What is charged at least; null: 10,000,000.</summary>
    public long? BilledBytesMin { get; init; }

    internal static ScanEstimate Of(long bytes, int files, QueryOptions options)
    {
        var estimate = new ScanEstimate(bytes, files, 0)
        {
            TerabytePriceUsd = options.TerabytePriceUsd == UsualPriceUsd ? null : options.TerabytePriceUsd,
            BilledBytesMin = options.BilledBytesMin == UsualBytesMin ? null : options.BilledBytesMin,
        };
        return estimate with { AthenaPriceUsd = estimate.PriceUsd(bytes) };
    }

    /// <summary>What so many scanned bytes cost.</summary>
    public decimal PriceUsd(long bytes) =>
        Math.Max(bytes, BilledBytesMin ?? UsualBytesMin) * (TerabytePriceUsd ?? UsualPriceUsd) / BytesPerTerabyte;
}
