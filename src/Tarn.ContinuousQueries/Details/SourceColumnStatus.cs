namespace Tarn.ContinuousQueries.Details;

/// <summary>A column that a source declares.</summary>
/// <param name="Type">DuckDB's type text.</param>
public sealed record SourceColumnStatus(string Name, string Type);
