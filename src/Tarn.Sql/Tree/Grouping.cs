namespace Tarn.Sql.Tree;

/// <summary>An element of GROUP BY.</summary>
/// <param name="Kind">Empty for a plain expression, else ROLLUP, CUBE or GROUPING SETS.</param>
/// <param name="Sets">The expression sets; a plain expression is one set of one.</param>
public sealed record Grouping(
    SqlPosition Position, string Kind, IReadOnlyList<IReadOnlyList<Expression>> Sets);
