namespace Tarn.Streams.Metrics;

/// <summary>What passed through a stream since the server started.</summary>
/// <param name="Rates">That hold: the stream's own, or the server's where those are narrower.</param>
/// <param name="OutgoingRecords">Handed to readers, Tarn's own among them.</param>
/// <param name="FailedRecords">Not taken: a disk failed, or a fault was asked for.</param>
/// <param name="ThrottledRecords">Refused because of a shard's rate.</param>
/// <param name="Shards">In the order of the stream's shards.</param>
public sealed record StreamFigures(
    StreamRates Rates,
    long IncomingRecords,
    long IncomingBytes,
    long OutgoingRecords,
    long OutgoingBytes,
    long FailedRecords,
    long ThrottledRecords,
    long ThrottledReads,
    IReadOnlyList<ShardFigures> Shards);
