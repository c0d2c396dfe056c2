using System.Text.Json.Serialization;

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

    /// <summary>The finer kind, as Athena names it: <c>SELECT</c>, <c>CREATE_TABLE</c>; null where it is not known.
    /// </summary>
    public string? SubstatementType { get; init; }

    /// <summary>Why it failed or was cancelled, in Athena's form; null otherwise.</summary>
    public string? StateChangeReason { get; init; }

    /// <summary>Athena's error code such as <c>TABLE_NOT_FOUND</c>, or null.</summary>
    public string? ErrorCode { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Computed before the run; null when the query did not bind.</summary>
    public ScanEstimate? Estimate { get; init; }

    /// <summary>
    /// Bytes that were read of objects, as they are stored, and of Parquet those of column chunks; also of what failed.
    /// </summary>
    public long ScannedBytes { get; init; }

    /// <summary>
    /// Rows that were read, before any filter; null where they are not counted: of Parquet and of live views.
    /// </summary>
    public long? InputRows { get; init; }

    /// <summary>What Athena would charge for it: nothing for what failed or gave an earlier result.</summary>
    [JsonIgnore]
    public decimal AthenaPriceUsd =>
        Estimate is null || IsReused || State is not (QueryState.Succeeded or QueryState.Cancelled)
            ? 0
            : Estimate.PriceUsd(ScannedBytes);

    public long EngineMilliseconds { get; init; }

    /// <summary>The result object, <c>s3://…/id.csv</c>.</summary>
    public string? ResultLocation { get; init; }

    /// <summary>Rows of the result.</summary>
    public long RowCount { get; init; }

    /// <summary>Bytes of the result object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ResultBytes { get; init; }

    /// <summary>Rows that the statement wrote; null of one that writes none.</summary>
    public long? UpdateCount { get; init; }

    /// <summary>
    /// The object that lists what the statement wrote, a location a line; null of one that writes none.
    /// </summary>
    public string? ManifestLocation { get; init; }

    /// <summary>Waiting for its turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long QueuedMilliseconds { get; init; }

    /// <summary>Binding, pruning and estimating; part of the engine's time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long PlanningMilliseconds { get; init; }

    /// <summary>The result is that of an earlier execution; nothing was scanned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsReused { get; init; }
}
