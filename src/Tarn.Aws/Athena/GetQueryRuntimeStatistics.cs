using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryRuntimeStatistics.html. A query runs in one
/// stage. InputRows is left out where rows are not counted: those that DuckDB reads of Parquet, and of live views.
/// </summary>
internal sealed class GetQueryRuntimeStatistics(IQueries queries) : AthenaOperation<string>
{
    public override string Name => "GetQueryRuntimeStatistics";

    protected override string Read(JsonMembers members) => members.RequiredText("QueryExecutionId");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var execution = await queries.FindAsync(input, cancellation) ?? throw AthenaErrors.NoSuchExecution(input);
        answer.WriteStartObject("QueryRuntimeStatistics");
        answer.WriteStartObject("Timeline");
        ExecutionAnswer.WriteTimes(answer, execution);
        answer.WriteEndObject();
        if (execution.CompletedAt is not null)
        {
            answer.WriteStartObject("Rows");
            WriteSizes(answer, execution);
            answer.WriteEndObject();
            answer.WriteStartObject("OutputStage");
            answer.WriteNumber("StageId", 0);
            answer.WriteString("State", ExecutionAnswer.StateOf(execution) == "SUCCEEDED" ? "FINISHED" : "FAILED");
            WriteSizes(answer, execution);
            answer.WriteNumber("ExecutionTime", execution.EngineMilliseconds);
            answer.WriteEndObject();
        }

        answer.WriteEndObject();
    }

    private static void WriteSizes(Utf8JsonWriter answer, QueryExecution execution)
    {
        answer.WriteNumber("InputBytes", execution.ScannedBytes);
        if (execution.InputRows is { } rows)
        {
            answer.WriteNumber("InputRows", rows);
        }

        answer.WriteNumber("OutputBytes", execution.ResultBytes);
        answer.WriteNumber("OutputRows", execution.UpdateCount ?? execution.RowCount);
    }
}
