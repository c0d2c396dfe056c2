using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Query.Prepared;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html</summary>
internal sealed class CreatePreparedStatement(IPreparedStatements prepared, IWorkgroups workgroups)
    : AthenaOperation<PreparedStatement>
{
    public override string Name => "CreatePreparedStatement";

    protected override PreparedStatement Read(JsonMembers members) => PreparedStatementAnswer.Read(members);

    protected override async Task RunAsync(
        PreparedStatement input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await AthenaErrors.RequireAsync(workgroups, input.Workgroup, cancellation);
        try
        {
            await prepared.CreateAsync(input, cancellation);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
        {
            throw AthenaErrors.Invalid(
                $"PreparedStatement {input.Name} already exists in WorkGroup {input.Workgroup}");
        }
    }
}
