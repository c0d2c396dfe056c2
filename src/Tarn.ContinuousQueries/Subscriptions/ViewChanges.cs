namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>What changed in a view.</summary>
/// <param name="IsSnapshot">True: <paramref name="Rows"/> is the whole view and replaces what the reader had.</param>
/// <param name="Version">The view's version after these changes.</param>
/// <param name="Columns">The rows' columns; those with <see cref="ViewColumn.IsKey"/> identify a row.</param>
/// <param name="Rows">New or changed rows: null, bool, long, double, decimal, string, DateTime (UTC), DateOnly.</param>
public sealed record ViewChanges(
    bool IsSnapshot, long Version, IReadOnlyList<ViewColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>What a reader has that has applied these changes.</summary>
    public required ViewPosition Position { get; init; }

    /// <summary>Rows that are there no more, known by their key columns; the other columns are null.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Removed { get; init; } = [];

    /// <summary>True: <see cref="Rows"/> are new ones beside those that the reader has, and replace none.</summary>
    public bool Appends { get; init; }
}
