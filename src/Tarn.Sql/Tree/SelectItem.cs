namespace Tarn.Sql.Tree;

/// <summary>An entry of a select list.</summary>
/// <param name="Value">Null of a star.</param>
/// <param name="Qualifier">Of <c>t.*</c>; empty otherwise.</param>
public sealed record SelectItem(
    SqlPosition Position, Expression? Value, Identifier? Alias, IReadOnlyList<Identifier> Qualifier)
{
    /// <summary><c>value.*</c>: the fields of a row.</summary>
    public bool IsRowStar { get; init; }

    /// <summary>Of a star: <c>AS (a, b)</c>.</summary>
    public IReadOnlyList<Identifier> StarNames { get; init; } = [];
}
