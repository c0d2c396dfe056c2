namespace Tarn.Sql.Tree;

/// <summary>A query with its WITH, ORDER BY, OFFSET and LIMIT.</summary>
public sealed record Query(SqlPosition Position, QueryBody Body)
{
    public bool IsRecursive { get; init; }

    public IReadOnlyList<CommonTable> With { get; init; } = [];

    public IReadOnlyList<OrderItem> OrderBy { get; init; } = [];

    /// <summary>A whole number or a parameter.</summary>
    public Expression? Offset { get; init; }

    /// <summary>A whole number or a parameter, of LIMIT or FETCH FIRST.</summary>
    public Expression? Limit { get; init; }

    /// <summary>FETCH FIRST ... WITH TIES.</summary>
    public bool WithTies { get; init; }
}
