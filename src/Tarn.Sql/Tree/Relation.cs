namespace Tarn.Sql.Tree;

/// <summary>Something in FROM. The nested records are all there are.</summary>
public abstract record Relation(SqlPosition Position)
{
    /// <summary>A table or a CTE by name: one to three parts.</summary>
    public sealed record Table(SqlPosition Position, IReadOnlyList<Identifier> Parts) : Relation(Position);

    public sealed record Derived(SqlPosition Position, Query Query) : Relation(Position);

    /// <summary>A query that sees what stands before it in FROM.</summary>
    public sealed record Lateral(SqlPosition Position, Query Query) : Relation(Position);

    /// <summary>TABLESAMPLE; the method is BERNOULLI or SYSTEM.</summary>
    public sealed record Sample(SqlPosition Position, Relation Inner, string Method, Expression Percentage)
        : Relation(Position);

    /// <summary>UNNEST(...) [WITH ORDINALITY].</summary>
    public sealed record Unnest(SqlPosition Position, IReadOnlyList<Expression> Values, bool WithOrdinality)
        : Relation(Position);

    public sealed record Aliased(
        SqlPosition Position, Relation Inner, Identifier Alias, IReadOnlyList<Identifier> Columns) : Relation(Position);

    /// <summary>A join; kind is CROSS, INNER, LEFT, RIGHT or FULL.</summary>
    public sealed record Join(
        SqlPosition Position,
        string Kind,
        Relation Left,
        Relation Right,
        Expression? On,
        IReadOnlyList<Identifier> Using) : Relation(Position);
}
