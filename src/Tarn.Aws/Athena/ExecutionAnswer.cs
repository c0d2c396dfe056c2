using System.Text.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html</summary>
internal static class ExecutionAnswer
{
    public static void Write(Utf8JsonWriter answer, QueryExecution execution)
    {
        var request = execution.Request;
        answer.WriteStartObject();
        answer.WriteString("QueryExecutionId", execution.Id);
        answer.WriteString("Query", request.Sql);
        answer.WriteString("StatementType", execution.StatementType);
        if (execution.SubstatementType is { } substatement)
        {
            answer.WriteString("SubstatementType", substatement);
        }

        answer.WriteStartObject("ResultConfiguration");
        if ((execution.ResultLocation ?? request.OutputLocation) is { } location)
        {
            answer.WriteString("OutputLocation", location);
        }

        answer.WriteEndObject();
        WriteReuse(answer, request);
        answer.WriteStartObject("QueryExecutionContext");
        answer.WriteString("Database", request.Database);
        answer.WriteString("Catalog", "awsdatacatalog");
        answer.WriteEndObject();
        WriteStatus(answer, execution);
        WriteStatistics(answer, execution);
        answer.WriteString("WorkGroup", request.Workgroup);
        EngineVersion.Write(answer);
        if (request.Parameters is { } parameters)
        {
            answer.WriteStartArray("ExecutionParameters");
            foreach (var parameter in parameters)
            {
                answer.WriteStringValue(parameter);
            }

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
    }

    public static string StateOf(QueryExecution execution) => execution.State switch
    {
        QueryState.Queued => "QUEUED",
        QueryState.Running => "RUNNING",
        QueryState.Succeeded => "SUCCEEDED",
        QueryState.Failed => "FAILED",
        _ => "CANCELLED",
    };

    /// <summary>The times that statistics and timeline have in common.</summary>
    public static void WriteTimes(Utf8JsonWriter answer, QueryExecution execution)
    {
        answer.WriteNumber("EngineExecutionTimeInMillis", execution.EngineMilliseconds);
        answer.WriteNumber("QueryQueueTimeInMillis", execution.QueuedMilliseconds);
        answer.WriteNumber("QueryPlanningTimeInMillis", execution.PlanningMilliseconds);
        if (execution.CompletedAt is { } completed)
        {
            var total = (long)(completed - execution.SubmittedAt).TotalMilliseconds;
            answer.WriteNumber("TotalExecutionTimeInMillis", total);
            answer.WriteNumber(
                "ServiceProcessingTimeInMillis",
                Math.Max(0, total - execution.QueuedMilliseconds - execution.EngineMilliseconds));
        }
    }

    private static void WriteReuse(Utf8JsonWriter answer, QueryRequest request)
    {
        answer.WriteStartObject("ResultReuseConfiguration");
        answer.WriteStartObject("ResultReuseByAgeConfiguration");
        answer.WriteBoolean("Enabled", request.ReuseMinutesMax is not null);
        if (request.ReuseMinutesMax is { } minutes)
        {
            answer.WriteNumber("MaxAgeInMinutes", minutes);
        }

        answer.WriteEndObject();
        answer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter answer, QueryExecution execution)
    {
        answer.WriteStartObject("Status");
        answer.WriteString("State", StateOf(execution));
        if (execution.StateChangeReason is { } reason)
        {
            answer.WriteString("StateChangeReason", reason);
        }

        answer.WriteNumber("SubmissionDateTime", execution.SubmittedAt.ToUnixTimeMilliseconds() / 1000m);
        if (execution.CompletedAt is { } completed)
        {
            answer.WriteNumber("CompletionDateTime", completed.ToUnixTimeMilliseconds() / 1000m);
        }

        if (execution.State == QueryState.Failed)
        {
            var error = AthenaError.Of(execution.ErrorCode);
            answer.WriteStartObject("AthenaError");
            answer.WriteNumber("ErrorCategory", error.Category);
            answer.WriteNumber("ErrorType", error.Type);
            answer.WriteBoolean("Retryable", error.IsRetryable);
            answer.WriteString("ErrorMessage", execution.StateChangeReason);
            answer.WriteEndObject();
        }

        answer.WriteEndObject();
    }

    private static void WriteStatistics(Utf8JsonWriter answer, QueryExecution execution)
    {
        answer.WriteStartObject("Statistics");
        WriteTimes(answer, execution);
        answer.WriteNumber("DataScannedInBytes", execution.ScannedBytes);
        if (execution.ManifestLocation is { } manifest)
        {
            answer.WriteString("DataManifestLocation", manifest);
        }

        answer.WriteStartObject("ResultReuseInformation");
        answer.WriteBoolean("ReusedPreviousResult", execution.IsReused);
        answer.WriteEndObject();
        answer.WriteEndObject();
    }
}
