namespace Tarn.ContinuousQueries.Definitions;

/// <summary>A field of a source's records.</summary>
/// <param name="Name">As written; matched to the JSON field of that name.</param>
/// <param name="Type">DuckDB's type text.</param>
internal sealed record SourceColumn(string Name, string Type);
