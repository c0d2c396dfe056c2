using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>
/// Streams of records, each a set of shards with a durable log. Thread-safe. An append returns when its records are on
/// disk (fsync, shared by all appends that wait together). Readers never block writers. A write that fails (disk full)
/// fails its appends and leaves the log good; a shard whose fsync failed accepts nothing more until restart and says so
/// (Unavailable). Failures: NotFound, AlreadyExists, Invalid, LimitExceeded, Unavailable, Damaged (a file is missing).
/// </summary>
public interface IStreams
{
    Task<StreamDescription> CreateAsync(StreamSpec spec, CancellationToken cancellation);

    /// <summary>Removes the stream and its log.</summary>
    Task DeleteAsync(string stream, CancellationToken cancellation);

    /// <summary>
    /// Changes a stream's settings: <paramref name="change"/> gets the present ones and nobody else changes them
    /// meanwhile. It may throw to refuse. The name stays. Another shard count, between half and double the present one,
    /// splits and merges shards until all are of one size; a stream on demand keeps its shards.
    /// </summary>
    Task<StreamDescription> ConfigureAsync(
        string stream, Func<StreamSpec, StreamSpec> change, CancellationToken cancellation);

    /// <summary>
    /// Closes a shard and opens two that share its hash keys, the upper one from <paramref name="newStartingHashKey"/>.
    /// Invalid unless that lies inside the range by more than one key, and the shard is open. Appends meanwhile wait a
    /// moment and go to the children. A child is to be read after its parents have ended.
    /// </summary>
    Task<StreamDescription> SplitAsync(
        string stream, string shardId, UInt128 newStartingHashKey, CancellationToken cancellation);

    /// <summary>
    /// Closes two open shards and opens one with their hash keys. Invalid unless <paramref name="adjacentShardId"/>
    /// begins where <paramref name="shardId"/> ends.
    /// </summary>
    Task<StreamDescription> MergeAsync(
        string stream, string shardId, string adjacentShardId, CancellationToken cancellation);

    /// <summary>The stream, or null. Memory only.</summary>
    StreamDescription? Find(string stream);

    /// <summary>All streams but internal ones, ordered by name. Memory only.</summary>
    IReadOnlyList<StreamDescription> List();

    /// <summary>
    /// Appends entries, each to the shard that owns its hash key, in the given order per shard. Outcome i belongs
    /// to entry i; a bad or failed entry does not stop the others. All memory, also that which entries point to, is
    /// the caller's and is not touched after the task has completed. Cancelled: some entries may have been stored.
    /// </summary>
    /// <param name="outcomes">At least as many as entries.</param>
    ValueTask AppendAsync(
        string stream, ReadOnlyMemory<StreamEntry> entries, Memory<AppendOutcome> outcomes,
        CancellationToken cancellation);

    /// <summary>The sequence number at which reading from <paramref name="start"/> begins.</summary>
    ValueTask<SequenceNumber> ResolveAsync(
        string stream, string shardId, StartPosition start, CancellationToken cancellation);

    /// <summary>
    /// Committed records with a number of at least <paramref name="from"/>, oldest first, up to both bounds (at
    /// least one record where there is one). Records older than retention are skipped. Never waits.
    /// </summary>
    ValueTask<ReadBatch> ReadAsync(
        string stream, string shardId, SequenceNumber from, ReadBounds bounds, CancellationToken cancellation);

    /// <summary>
    /// Completes when a record at or after <paramref name="from"/> is committed, or the shard has closed or gone.
    /// </summary>
    Task WaitAsync(string stream, string shardId, SequenceNumber from, CancellationToken cancellation);
}
