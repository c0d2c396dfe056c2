namespace Tarn.Sql.Tree;

/// <summary>What OVER or WINDOW says.</summary>
/// <param name="Base">The window of the WINDOW clause that it builds on, or null.</param>
public sealed record Window(
    SqlPosition Position,
    Identifier? Base,
    IReadOnlyList<Expression> PartitionBy,
    IReadOnlyList<OrderItem> OrderBy,
    WindowFrame? Frame)
{
    /// <summary><c>OVER name</c> without parentheses: the named window as it is.</summary>
    public bool IsName { get; init; }
}
