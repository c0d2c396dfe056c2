namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>A view's column.</summary>
/// <param name="Type">DuckDB's type text.</param>
/// <param name="IsKey">Part of the GROUP BY.</param>
public sealed record ViewColumn(string Name, string Type, bool IsKey);
