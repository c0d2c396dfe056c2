using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetQueryExecution.html</summary>
internal sealed class BatchGetQueryExecution(IQueries queries) : AthenaOperation<IReadOnlyList<string>>
{
    private const int IdsMax = 50;

    public override string Name => "BatchGetQueryExecution";

    protected override IReadOnlyList<string> Read(JsonMembers members) =>
        members.Texts("QueryExecutionIds") ?? throw members.Missing("QueryExecutionIds");

    protected override async Task RunAsync(
        IReadOnlyList<string> input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (input.Count is < 1 or > IdsMax)
        {
            throw AthenaErrors.Invalid($"QueryExecutionIds must name 1 to {IdsMax} executions");
        }

        var unknown = new List<string>();
        answer.WriteStartArray("QueryExecutions");
        foreach (var id in input)
        {
            if (await queries.FindAsync(id, cancellation) is { } execution)
            {
                ExecutionAnswer.Write(answer, execution);
            }
            else
            {
                unknown.Add(id);
            }
        }

        answer.WriteEndArray();
        answer.WriteStartArray("UnprocessedQueryExecutionIds");
        foreach (var id in unknown)
        {
            answer.WriteStartObject();
            answer.WriteString("QueryExecutionId", id);
            answer.WriteString("ErrorCode", "INVALID_INPUT");
            answer.WriteString("ErrorMessage", $"QueryExecution {id} was not found");
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }
}
