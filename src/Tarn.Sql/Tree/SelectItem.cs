namespace Tarn.Sql.Tree;

/// <summary>An entry of a select list.</summary>
/// <param name="Value">Null of a star.</param>
/// <param name="Qualifier">Of <c>t.*</c>; empty otherwise.</param>
public sealed record SelectItem(
    SqlPosition Position, Expression? Value, Identifier? Alias, IReadOnlyList<Identifier> Qualifier);
