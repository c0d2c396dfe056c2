using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>An expression in DuckDB's words with its Trino type.</summary>
internal readonly record struct Typed(string Sql, SqlType Type)
{
    /// <summary>
    /// A decimal of more than 18 digits computed in 18, which fails where they do not hold it; null when it cannot be.
    /// Sums are several times faster over it.
    /// </summary>
    public string? Narrow { get; init; }

    /// <summary>A double that is known not to be NaN.</summary>
    public bool IsNumber { get; init; }
}
