using Tarn.Delivery.Processing;

namespace Tarn.Delivery.Batches;

/// <summary>An object that grows on disk. Used by one batch; disposing removes the file unless it was taken.</summary>
internal interface IStagedOutput : IAsyncDisposable
{
    /// <summary>Call <see cref="DrainAsync"/> before the next record.</summary>
    bool IsFull { get; }

    /// <summary>Takes a record; copies what it needs.</summary>
    void Add(in FlowRecord record);

    ValueTask DrainAsync(CancellationToken cancellation);

    /// <summary>
    /// No more will come. The finished file and how many lines or rows it holds; no file when there are none.
    /// </summary>
    /// <param name="failed">Takes records that turn out to have a fault only now.</param>
    Task<StagedFile?> FinishAsync(Action<FailedRecord> failed, CancellationToken cancellation);
}
