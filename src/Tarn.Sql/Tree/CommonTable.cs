namespace Tarn.Sql.Tree;

/// <summary>One <c>name (columns) AS (query)</c> of WITH.</summary>
public sealed record CommonTable(Identifier Name, IReadOnlyList<Identifier> Columns, Query Query);
