using Tarn.Primitives.Identity;

namespace Tarn.Streams.Metrics;

/// <summary>A shard at this moment.</summary>
/// <param name="IncomingRecords">Since the shard was opened.</param>
/// <param name="WaitingBytes">Of appends that are not answered yet.</param>
/// <param name="StoredBytes">Length of its segment files.</param>
/// <param name="Next">The number that the next record would get.</param>
/// <param name="NewestArrivalAt">Of the newest record; null when there was never one.</param>
/// <param name="IsStopped">An fsync failed: it takes nothing more until restart.</param>
public sealed record ShardFigures(
    string ShardId,
    long IncomingRecords,
    long IncomingBytes,
    long OutgoingRecords,
    long OutgoingBytes,
    long WaitingBytes,
    long StoredBytes,
    SequenceNumber Next,
    DateTimeOffset? NewestArrivalAt,
    bool IsStopped);
