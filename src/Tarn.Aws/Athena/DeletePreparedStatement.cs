using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Query.Prepared;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_DeletePreparedStatement.html</summary>
internal sealed class DeletePreparedStatement(IPreparedStatements prepared, IWorkgroups workgroups)
    : AthenaOperation<DeletePreparedStatement.Input>
{
    public override string Name => "DeletePreparedStatement";

    protected override Input Read(JsonMembers members) =>
        new(members.RequiredText("StatementName"), members.RequiredText("WorkGroup"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await AthenaErrors.RequireAsync(workgroups, input.WorkGroup, cancellation);
        try
        {
            await prepared.DeleteAsync(input.WorkGroup, input.Name, cancellation);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.NotFound)
        {
            throw AthenaErrors.NoSuchPrepared(input.Name, input.WorkGroup);
        }
    }

    internal sealed record Input(string Name, string WorkGroup);
}
