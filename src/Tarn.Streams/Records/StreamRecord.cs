using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>A record read back. The memory belongs to the batch and stays valid as long as it is referenced.</summary>
/// <param name="ArrivalTime">When the server accepted it, UTC, milliseconds; never decreases within a shard.</param>
/// <param name="PartitionKey">UTF-8.</param>
public readonly record struct StreamRecord(
    SequenceNumber SequenceNumber,
    DateTimeOffset ArrivalTime,
    ReadOnlyMemory<byte> PartitionKey,
    ReadOnlyMemory<byte> Data)
{
    /// <summary>Of a record that one of Tarn's own writers stored.</summary>
    public RecordMark? Mark { get; init; }
}
