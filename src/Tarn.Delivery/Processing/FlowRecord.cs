using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Processing;

/// <summary>
/// A record on its way from the log to an object. Its memory is valid until the chunk that it is part of is done.
/// </summary>
/// <param name="Sequence">Number of the log record that it is, or was made of.</param>
/// <param name="SubSequence">Place among the records made of that log record, from 0.</param>
/// <param name="QueryKeys">Partition keys that a metadata step found, or null.</param>
/// <param name="LambdaKeys">Partition keys that a function gave, or null.</param>
internal readonly record struct FlowRecord(
    ReadOnlyMemory<byte> Data,
    DateTimeOffset ArrivalTime,
    SequenceNumber Sequence,
    int SubSequence,
    ReadOnlyMemory<byte> PartitionKey,
    IReadOnlyDictionary<string, string>? QueryKeys,
    IReadOnlyDictionary<string, string>? LambdaKeys)
{
    /// <summary>A record as the log holds it.</summary>
    public static FlowRecord Of(StreamRecord record) => new(
        record.Data, record.ArrivalTime, record.SequenceNumber, SubSequence: 0, record.PartitionKey, null, null);
}
