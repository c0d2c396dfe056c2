namespace Tarn.Sql.Tree;

/// <summary>What makes rows inside a query. The nested records are all there are.</summary>
public abstract record QueryBody(SqlPosition Position)
{
    public sealed record Select(SqlPosition Position, bool IsDistinct, IReadOnlyList<SelectItem> Items)
        : QueryBody(Position)
    {
        /// <summary>Joined by commas.</summary>
        public IReadOnlyList<Relation> From { get; init; } = [];

        public Expression? Where { get; init; }

        public IReadOnlyList<Grouping> GroupBy { get; init; } = [];

        /// <summary>GROUP BY DISTINCT: equal grouping sets count once.</summary>
        public bool IsGroupByDistinct { get; init; }

        public Expression? Having { get; init; }

        /// <summary>The WINDOW clause.</summary>
        public IReadOnlyList<NamedWindow> Windows { get; init; } = [];
    }

    public sealed record Values(SqlPosition Position, IReadOnlyList<IReadOnlyList<Expression>> Rows)
        : QueryBody(Position);

    /// <summary>Operator is UNION, INTERSECT or EXCEPT.</summary>
    public sealed record SetOperation(
        SqlPosition Position, string Operator, bool IsAll, QueryBody Left, QueryBody Right) : QueryBody(Position);

    /// <summary>A query in parentheses.</summary>
    public sealed record Nested(SqlPosition Position, Query Query) : QueryBody(Position);
}
