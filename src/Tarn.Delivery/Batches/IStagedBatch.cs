using Tarn.Delivery.Checkpoints;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Batches;

/// <summary>
/// A batch while its records are read: staged on disk, so that its size never shows in memory. Used by one loop;
/// disposing removes what was staged. The same records give the same outputs with the same bytes.
/// </summary>
internal interface IStagedBatch : IAsyncDisposable
{
    /// <summary>Takes the next records of the shard; does not keep their memory.</summary>
    ValueTask AddAsync(IReadOnlyList<StreamRecord> records, CancellationToken cancellation);

    /// <summary>No more will come. What may be put, in order of kind and name.</summary>
    Task<IReadOnlyList<PlannedOutput>> SealAsync(BatchRange range, CancellationToken cancellation);

    /// <summary>Puts what was sealed; may be repeated after a failure.</summary>
    /// <param name="standing">Objects that stand already and are to be left as they are.</param>
    Task<BatchOutcome> PutAsync(
        BatchPlan plan, IReadOnlyList<PlannedOutput> standing, CancellationToken cancellation);

    /// <summary>Folders of data that the last attempt to put could not reach.</summary>
    IReadOnlyList<string> FoldersNotPut { get; }
}
