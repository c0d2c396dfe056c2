namespace Tarn.ContinuousQueries.Planning;

/// <summary>A column of a table that a join was made to.</summary>
/// <param name="Alias">The name that qualifies it in the view's text.</param>
/// <param name="Name">Its own name there.</param>
/// <param name="Side">The table that it comes from, as the join's SQL names it.</param>
/// <param name="InSide">Its name there.</param>
/// <param name="Type">DuckDB's.</param>
internal sealed record JoinedColumn(string Alias, string Name, string Side, string InSide, string Type)
{
    /// <summary>Its name in the joined table, of no other.</summary>
    public string Merged { get; init; } = Name;

    /// <summary>USING names the column of both sides, which is the other one: this one needs its qualifier.</summary>
    public bool IsHidden { get; init; }

    public string Sql => $"{Side}.{SqlText.Name(InSide)}";
}
