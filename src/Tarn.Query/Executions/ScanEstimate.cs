namespace Tarn.Query.Executions;

/// <summary>What a query will read.</summary>
/// <param name="Bytes">Bytes of the files and column chunks that it needs after pruning.</param>
/// <param name="Files">Files among them.</param>
/// <param name="AthenaPriceUsd">What Athena would charge: 5 USD per 10^12 bytes, at least 10 MB.</param>
public sealed record ScanEstimate(long Bytes, int Files, decimal AthenaPriceUsd);
