namespace Tarn.Query.Executions;

/// <summary>A query that was started.</summary>
public sealed record QueryExecution
{
    /// <summary>UUID text.</summary>
    public required string Id { get; init; }

    public required QueryRequest Request { get; init; }

    public QueryState State { get; init; }

    /// <summary>DML, DDL or UTILITY, as Athena names them.</summary>
    public string StatementType { get; init; } = "DML";

    /// <summary>Why it failed or was cancelled, in Athena's form; null otherwise.</summary>
    public string? StateChangeReason { get; init; }

    /// <summary>Athena's error code such as <c>TABLE_NOT_FOUND</c>, or null.</summary>
    public string? ErrorCode { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Computed before the run; null when the query did not bind.</summary>
    public ScanEstimate? Estimate { get; init; }

    /// <summary>Bytes read, measured after the run.</summary>
    public long ScannedBytes { get; init; }

    public long EngineMilliseconds { get; init; }

    /// <summary>The result object, <c>s3://…/id.csv</c>.</summary>
    public string? ResultLocation { get; init; }

    /// <summary>Rows of the result.</summary>
    public long RowCount { get; init; }
}
