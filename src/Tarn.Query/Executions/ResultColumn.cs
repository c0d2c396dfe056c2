namespace Tarn.Query.Executions;

/// <summary>A result column.</summary>
/// <param name="Type">Trino's type name, such as <c>bigint</c>, <c>varchar</c>, <c>decimal</c>,
/// <c>timestamp</c>.</param>
public sealed record ResultColumn(string Name, string Type, int Precision, int Scale);
