using Tarn.Query.Executions;

namespace Tarn.Query.Results;

/// <summary>What is kept of a written result.</summary>
internal sealed record ResultSummary(
    string Location, IReadOnlyList<ResultColumn> Columns, long Rows, long PageRows, IReadOnlyList<long> PageOffsets)
{
    /// <summary>Of the object.</summary>
    public long Bytes { get; init; }
}
