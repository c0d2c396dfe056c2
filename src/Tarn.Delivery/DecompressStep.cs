namespace Tarn.Delivery;

/// <summary>Unpacks gzip records, as CloudWatch Logs sends them. A record that is not gzip fails.</summary>
public sealed record DecompressStep : RecordStep;
