using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryExecution.html. Clients sleep between two of
/// these, some for a second: while a query is under way the answer waits a moment, so that a short one has ended in it.
/// </summary>
internal sealed class GetQueryExecution(IQueries queries) : AthenaOperation<string>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    public override string Name => "GetQueryExecution";

    protected override string Read(JsonMembers members) => members.RequiredText("QueryExecutionId");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var execution = await queries.FollowAsync(input, Patience, cancellation)
            ?? throw AthenaErrors.NoSuchExecution(input);
        answer.WritePropertyName("QueryExecution");
        ExecutionAnswer.Write(answer, execution);
    }
}
