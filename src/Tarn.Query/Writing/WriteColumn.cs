using Tarn.Sql.Types;

namespace Tarn.Query.Writing;

/// <summary>A column as it is written.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Type">Of the written values.</param>
/// <param name="Source">DuckDB's expression of it over the query, which is called <c>result</c>.</param>
internal sealed record WriteColumn(string Name, SqlType Type, string Source);
