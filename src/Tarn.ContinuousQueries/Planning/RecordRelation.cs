using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>What a SELECT reads when each of its rows comes from one record: a source, its windows, or a SELECT over
/// them that filters and computes.</summary>
/// <param name="With">Common table expressions, in order, each <c>name AS (...)</c>.</param>
/// <param name="Table">The table to select from: the batch or one of <paramref name="With"/>.</param>
/// <param name="Alias">The name that qualifies its columns.</param>
/// <param name="Window">The windows whose start and end are among the columns under their own names, or null.</param>
internal sealed record RecordRelation(
    SourceSpec Source, IReadOnlyList<string> With, string Table, string Alias, IReadOnlyList<SourceColumn> Columns,
    WindowPlan? Window)
{
    /// <summary>Of a session: the columns beside which gaps are measured.</summary>
    public IReadOnlyList<string> SessionKeys { get; init; } = [];

    /// <summary>What names stand for over a join; null: the columns are called as they are.</summary>
    public JoinedNames? Names { get; init; }

    /// <summary>The column that is the source's event time as it was sent; null: none is, or it has no watermark.
    /// </summary>
    public string? TimeColumn { get; init; }

    /// <summary>The join of streams whose rows these are; null: they are records of the source.</summary>
    public IntervalJoinPlan? Join { get; init; }

    /// <summary>What records are joined with.</summary>
    public IReadOnlyList<LookupPlan> Lookups { get; init; } = [];

    public string WithSql => With.Count == 0 ? "" : $"WITH {string.Join(", ", With)} ";

    public string FromSql => $"FROM {Table} AS {SqlText.Name(Alias)}";
}
