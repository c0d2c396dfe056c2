using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Endpoints;

/// <summary>A record that a function is called with.</summary>
/// <param name="RecordId">Unique within the call.</param>
/// <param name="Data">Valid until the call has been answered.</param>
/// <param name="SubSequence">Place within an aggregated log record, from 0.</param>
public readonly record struct FunctionRecord(
    string RecordId,
    ReadOnlyMemory<byte> Data,
    DateTimeOffset ArrivalTime,
    ReadOnlyMemory<byte> PartitionKey,
    SequenceNumber Sequence,
    int SubSequence);
