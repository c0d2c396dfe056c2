using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_StopQueryExecution.html</summary>
internal sealed class StopQueryExecution(IQueries queries) : AthenaOperation<string>
{
    public override string Name => "StopQueryExecution";

    protected override string Read(JsonMembers members) => members.RequiredText("QueryExecutionId");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (await queries.FindAsync(input, cancellation) is null)
        {
            throw AthenaErrors.NoSuchExecution(input);
        }

        await queries.StopAsync(input, cancellation);
    }
}
