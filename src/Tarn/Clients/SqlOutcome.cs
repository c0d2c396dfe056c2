namespace Tarn.Clients;

/// <summary>A query that succeeded.</summary>
/// <param name="UpdateCount">Rows that it wrote; null of one that writes none.</param>
/// <param name="PriceUsd">What Athena would charge for it.</param>
internal sealed record SqlOutcome(
    string Id, long RowCount, long? UpdateCount, long ScannedBytes, decimal PriceUsd, long Milliseconds);
