using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryExecution.html</summary>
internal sealed class GetQueryExecution(IQueries queries) : AthenaOperation<string>
{
    public override string Name => "GetQueryExecution";

    protected override string Read(JsonMembers members) => members.RequiredText("QueryExecutionId");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var execution = await queries.FindAsync(input, cancellation) ?? throw AthenaErrors.NoSuchExecution(input);
        answer.WritePropertyName("QueryExecution");
        ExecutionAnswer.Write(answer, execution);
    }
}
