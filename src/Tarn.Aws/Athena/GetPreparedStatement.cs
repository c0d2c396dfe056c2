using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Prepared;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_GetPreparedStatement.html</summary>
internal sealed class GetPreparedStatement(IPreparedStatements prepared, IWorkgroups workgroups)
    : AthenaOperation<GetPreparedStatement.Input>
{
    public override string Name => "GetPreparedStatement";

    protected override Input Read(JsonMembers members) =>
        new(members.RequiredText("StatementName"), members.RequiredText("WorkGroup"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await AthenaErrors.RequireAsync(workgroups, input.WorkGroup, cancellation);
        var statement = await prepared.FindAsync(input.WorkGroup, input.Name, cancellation)
            ?? throw AthenaErrors.NoSuchPrepared(input.Name, input.WorkGroup);
        answer.WritePropertyName("PreparedStatement");
        PreparedStatementAnswer.Write(answer, statement);
    }

    internal sealed record Input(string Name, string WorkGroup);
}
