using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Prepared;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetPreparedStatement.html</summary>
internal sealed class BatchGetPreparedStatement(IPreparedStatements prepared, IWorkgroups workgroups)
    : AthenaOperation<BatchGetPreparedStatement.Input>
{
    public override string Name => "BatchGetPreparedStatement";

    protected override Input Read(JsonMembers members) =>
        new(BatchAnswer.Read(members, "PreparedStatementNames"), members.RequiredText("WorkGroup"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await AthenaErrors.RequireAsync(workgroups, input.WorkGroup, cancellation);
        await BatchAnswer.WriteAsync(
            answer,
            "PreparedStatements",
            ("UnprocessedPreparedStatementNames", "StatementName"),
            input.Names,
            name => prepared.FindAsync(input.WorkGroup, name, cancellation),
            PreparedStatementAnswer.Write);
    }

    internal sealed record Input(IReadOnlyList<string> Names, string WorkGroup);
}
