using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetQueryExecution.html</summary>
internal sealed class BatchGetQueryExecution(IQueries queries) : AthenaOperation<IReadOnlyList<string>>
{
    public override string Name => "BatchGetQueryExecution";

    protected override IReadOnlyList<string> Read(JsonMembers members) =>
        BatchAnswer.Read(members, "QueryExecutionIds");

    protected override Task RunAsync(
        IReadOnlyList<string> input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        BatchAnswer.WriteAsync(
            answer,
            "QueryExecutions",
            ("UnprocessedQueryExecutionIds", "QueryExecutionId"),
            input,
            id => queries.FindAsync(id, cancellation),
            ExecutionAnswer.Write);
}
