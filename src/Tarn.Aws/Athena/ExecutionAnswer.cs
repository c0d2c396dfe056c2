using System.Text.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html</summary>
internal static class ExecutionAnswer
{
    public static void Write(Utf8JsonWriter answer, QueryExecution execution)
    {
        answer.WriteStartObject();
        answer.WriteString("QueryExecutionId", execution.Id);
        answer.WriteString("Query", execution.Request.Sql);
        answer.WriteString("StatementType", execution.StatementType);
        if (execution.ResultLocation is { } location)
        {
            answer.WriteStartObject("ResultConfiguration");
            answer.WriteString("OutputLocation", location);
            answer.WriteEndObject();
        }

        answer.WriteStartObject("QueryExecutionContext");
        answer.WriteString("Database", execution.Request.Database);
        answer.WriteString("Catalog", "awsdatacatalog");
        answer.WriteEndObject();
        WriteStatus(answer, execution);
        WriteStatistics(answer, execution);
        answer.WriteString("WorkGroup", execution.Request.Workgroup);
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
            const int SystemError = 1;
            const int UserError = 2;
            answer.WriteStartObject("AthenaError");
            answer.WriteNumber("ErrorCategory", execution.ErrorCode is null ? SystemError : UserError);
            answer.WriteBoolean("Retryable", false);
            answer.WriteString("ErrorMessage", execution.StateChangeReason);
            answer.WriteEndObject();
        }

        answer.WriteEndObject();
    }

    private static void WriteStatistics(Utf8JsonWriter answer, QueryExecution execution)
    {
        answer.WriteStartObject("Statistics");
        answer.WriteNumber("EngineExecutionTimeInMillis", execution.EngineMilliseconds);
        answer.WriteNumber("DataScannedInBytes", execution.ScannedBytes);
        if (execution.CompletedAt is { } completed)
        {
            answer.WriteNumber(
                "TotalExecutionTimeInMillis", (long)(completed - execution.SubmittedAt).TotalMilliseconds);
        }

        answer.WriteEndObject();
    }
}
