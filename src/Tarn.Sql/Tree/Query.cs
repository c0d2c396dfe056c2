namespace Tarn.Sql.Tree;

/// <summary>A query with its WITH, ORDER BY, OFFSET and LIMIT.</summary>
public sealed record Query(SqlPosition Position, QueryBody Body)
{
    public IReadOnlyList<CommonTable> With { get; init; } = [];

    public IReadOnlyList<OrderItem> OrderBy { get; init; } = [];

    public long? Offset { get; init; }

    public long? Limit { get; init; }
}
