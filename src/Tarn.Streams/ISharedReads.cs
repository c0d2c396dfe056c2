using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams;

/// <summary>
/// Reads for outside callers who share what a shard gives: Kinesis' GetRecords. They meet the stream's faults and,
/// where the stream or the server has <see cref="StreamRates.Aws"/>, the shard's limits. Readers of the house and push
/// consumers, who have a throughput of their own, read <see cref="IStreams"/>. Thread-safe.
/// </summary>
public interface ISharedReads
{
    /// <summary>
    /// As <see cref="IStreams.ReadAsync"/>. Further failures: LimitExceeded with code
    /// <c>ProvisionedThroughputExceededException</c>, Unavailable with code <c>InternalFailure</c> for a fault that was
    /// asked for.
    /// </summary>
    ValueTask<ReadBatch> ReadAsync(
        string stream, string shardId, SequenceNumber from, ReadBounds bounds, CancellationToken cancellation);

    /// <summary>
    /// Whether <see cref="StreamRates.Aws"/> holds for the shard, so that push consumers are to be paced too.
    /// </summary>
    bool IsLimited(string stream, string shardId);
}
