using Tarn.Query.Results;

namespace Tarn.Query.Executions;

/// <summary>How a run ended: with a result, or with a code and a reason.</summary>
internal sealed record RunOutcome(ResultSummary? Result, string? ErrorCode, string? Reason)
{
    /// <summary>Rows that a statement wrote, such as CREATE TABLE AS; null of one that writes none.</summary>
    public long? UpdateCount { get; init; }

    /// <summary>The object that lists what was written, or null.</summary>
    public string? ManifestLocation { get; init; }
}
