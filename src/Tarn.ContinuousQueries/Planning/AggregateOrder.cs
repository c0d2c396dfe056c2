namespace Tarn.ContinuousQueries.Planning;

/// <summary>An expression by which an aggregate takes its values.</summary>
internal sealed record AggregateOrder(string Sql, bool Descends, bool NullsFirst);
