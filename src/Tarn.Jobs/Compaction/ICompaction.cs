using Tarn.Catalog.Tables;

namespace Tarn.Jobs.Compaction;

/// <summary>
/// Makes small objects of tables into larger ones, where the table's properties ask for it
/// (<see cref="CompactionSettings"/>). Readers see every row once at any moment, and so do jobs with a bookmark. One
/// plan at a time. Thread-safe.
/// </summary>
public interface ICompaction
{
    /// <summary>Every table that has the setting, or still has something to be finished.</summary>
    Task<IReadOnlyList<CompactionStatus>> ListAsync(CancellationToken cancellation);

    /// <summary>
    /// Looks at all of one table's folders now, without a bound, and completes when what is due is done. Throws
    /// NotFound without such a table, Invalid when it has no setting.
    /// </summary>
    Task<CompactionStatus> RunAsync(TableName table, CancellationToken cancellation);

    /// <summary>Forgets all plans and figures; for emptying a lake of which nothing is to stay.</summary>
    Task ClearAsync(CancellationToken cancellation);
}
