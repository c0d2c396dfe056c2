namespace Tarn.ContinuousQueries.Planning;

/// <summary>An aggregate of a SELECT, its parts as SQL.</summary>
/// <param name="Filter">The condition of FILTER, or null.</param>
internal sealed record AggregateCall(string Name, IReadOnlyList<string> Arguments, string? Filter)
{
    public bool IsDistinct { get; init; }

    /// <summary>ORDER BY within the parentheses.</summary>
    public IReadOnlyList<AggregateOrder> Orders { get; init; } = [];

    /// <summary>What stands behind the aggregate of a batch.</summary>
    public string FilterSql => FilterOf(Filter);

    /// <summary>The same with a further condition.</summary>
    public string FilterWith(string condition) => FilterOf(Both(condition));

    /// <summary>FILTER's condition and another.</summary>
    public string Both(string condition) => Filter is null ? condition : $"({Filter}) AND ({condition})";

    private static string FilterOf(string? condition) => condition is null ? "" : $" FILTER (WHERE {condition})";
}
