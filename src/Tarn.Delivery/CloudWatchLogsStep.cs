namespace Tarn.Delivery;

/// <summary>
/// Takes the messages out of CloudWatch Logs' subscription records: what remains of a record is the messages of its log
/// events, a line feed after each. Control messages are left out. Needs a <see cref="DecompressStep"/>.
/// </summary>
public sealed record CloudWatchLogsStep : RecordStep;
