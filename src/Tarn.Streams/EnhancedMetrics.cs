namespace Tarn.Streams;

/// <summary>
/// Figures kept per shard when switched on; named as in Kinesis
/// (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_EnableEnhancedMonitoring.html).
/// </summary>
[Flags]
public enum EnhancedMetrics
{
    None = 0,
    IncomingBytes = 1,
    IncomingRecords = 2,
    OutgoingBytes = 4,
    OutgoingRecords = 8,
    WriteProvisionedThroughputExceeded = 16,
    ReadProvisionedThroughputExceeded = 32,
    IteratorAgeMilliseconds = 64,
    All = 127,
}
