namespace Tarn.Query.Executions;

/// <summary>Rows of a result.</summary>
/// <param name="Rows">Values as Athena prints them; null for NULL.</param>
/// <param name="NextRow">Where the next page begins, or null.</param>
public sealed record ResultPage(
    IReadOnlyList<ResultColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, long? NextRow);
