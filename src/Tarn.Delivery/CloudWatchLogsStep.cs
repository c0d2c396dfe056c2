namespace Tarn.Delivery;

/// <summary>
/// Takes the messages out of CloudWatch Logs' subscription records: one record of the given text per log event. Needs a
/// <see cref="DecompressStep"/> before it.
/// </summary>
public sealed record CloudWatchLogsStep : RecordStep;
