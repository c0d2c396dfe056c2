namespace Tarn.Sql.Tree;

/// <summary>A sort key. NULLs come last in both directions unless the query says NULLS FIRST.</summary>
public sealed record OrderItem(Expression Value, bool IsDescending, bool NullsFirst);
