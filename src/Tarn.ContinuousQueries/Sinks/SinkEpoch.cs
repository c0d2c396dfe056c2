using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>What leaves a sink at once. Immutable.</summary>
/// <param name="Number">1, 2, ... ; the same number has the same content always.</param>
/// <param name="Version">The state's version after these changes; never less than the epoch's before.</param>
/// <param name="First">The first record's number: how many left in the epochs before.</param>
/// <param name="Appends">The rows are new ones that never change; else they replace what had their key.</param>
/// <param name="Place">What the target said of itself before; null: nothing.</param>
internal sealed record SinkEpoch(
    long Number, long Version, long First, bool Appends, IReadOnlyList<ViewColumn> Columns, string? Place)
{
    public required ColumnBatch Rows { get; init; }

    /// <summary>Rows of which only the keys are known, which are there no more; null: none.</summary>
    public ColumnBatch? Removed { get; init; }

    /// <summary>Some of it may have been delivered.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>Rows and removals.</summary>
    public int Count => Rows.Count + (Removed?.Count ?? 0);
}
