namespace Tarn.Sql.Tree;

/// <summary>What OVER says.</summary>
/// <param name="Frame">Frame in canonical text such as <c>ROWS BETWEEN 1 PRECEDING AND CURRENT ROW</c>, or
/// null.</param>
public sealed record Window(
    SqlPosition Position, IReadOnlyList<Expression> PartitionBy, IReadOnlyList<OrderItem> OrderBy, string? Frame);
