using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>Rows of a view at a version: all of them, or those that changed since another.</summary>
/// <param name="Removed">Rows of which only the keys are known, which are there no more; null: none.</param>
internal sealed record ViewRows(bool IsSnapshot, long Version, ColumnBatch Rows, ColumnBatch? Removed)
{
    /// <summary>The rows are new ones.</summary>
    public bool Appends { get; init; }

    private readonly Lazy<IReadOnlyList<IReadOnlyList<object?>>> _values =
        new(() => [.. Enumerable.Range(0, Rows.Count).Select(Rows.Row)]);

    /// <param name="incarnation">Of the view that the rows are of.</param>
    public ViewChanges ToChanges(IReadOnlyList<ViewColumn> columns, string incarnation) =>
        new(IsSnapshot, Version, columns, _values.Value)
    {
        Position = new ViewPosition(incarnation, Version),
        Appends = Appends,
        Removed = Removed is null ? [] : [.. Enumerable.Range(0, Removed.Count).Select(Removed.Row)],
    };
}
