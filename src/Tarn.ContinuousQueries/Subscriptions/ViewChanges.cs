namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>What changed in a view.</summary>
/// <param name="IsSnapshot">True: <paramref name="Rows"/> is the whole view and replaces what the reader had.</param>
/// <param name="Version">The view's version after these changes.</param>
/// <param name="Columns">The rows' columns; those with <see cref="ViewColumn.IsKey"/> identify a row.</param>
/// <param name="Rows">New or changed rows: null, bool, long, double, decimal, string, DateTime (UTC), DateOnly.</param>
public sealed record ViewChanges(
    bool IsSnapshot, long Version, IReadOnlyList<ViewColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
