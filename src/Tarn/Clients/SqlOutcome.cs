namespace Tarn.Clients;

/// <summary>A query that succeeded.</summary>
internal sealed record SqlOutcome(string Id, long RowCount, long ScannedBytes, long? EstimateBytes, long Milliseconds);
