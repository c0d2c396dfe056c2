using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>An expression in DuckDB's words with its Trino type.</summary>
internal readonly record struct Typed(string Sql, SqlType Type);
