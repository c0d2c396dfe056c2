namespace Tarn.Sql.Translation;

/// <summary>A translated query. A column's Sql is its quoted name in the query's result.</summary>
internal sealed record QueryResult(string Sql, IReadOnlyList<OutputColumn> Columns);
