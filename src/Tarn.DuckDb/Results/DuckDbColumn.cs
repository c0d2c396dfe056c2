namespace Tarn.DuckDb.Results;

/// <summary>A result column.</summary>
/// <param name="Type">DuckDB's type text, such as <c>BIGINT</c>, <c>DECIMAL(10,2)</c>, <c>VARCHAR[]</c>.</param>
public sealed record DuckDbColumn(string Name, string Type);
