namespace Tarn.Clients;

/// <summary>A query that succeeded.</summary>
/// <param name="UpdateCount">Rows that it wrote; null of one that writes none.</param>
/// <param name="PriceUsd">What Athena would charge for it.</param>
/// <param name="IsText">Whether the result is lines of text, such as those of SHOW and EXPLAIN, and no table.</param>
internal sealed record SqlOutcome(
    string Id,
    long RowCount,
    long? UpdateCount,
    long ScannedBytes,
    decimal PriceUsd,
    long Milliseconds,
    bool IsText);
