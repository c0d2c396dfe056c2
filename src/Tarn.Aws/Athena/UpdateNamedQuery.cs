using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.NamedQueries;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_UpdateNamedQuery.html</summary>
internal sealed class UpdateNamedQuery(INamedQueries queries) : AthenaOperation<UpdateNamedQuery.Input>
{
    public override string Name => "UpdateNamedQuery";

    protected override Input Read(JsonMembers members) => new(
        members.RequiredText("NamedQueryId"),
        AthenaErrors.Sized(members, "Name", 128),
        AthenaErrors.Sized("Description", members.Text("Description") ?? "", 0, 1024),
        AthenaErrors.Sized(members, "QueryString", StartQueryExecution.QueryBytesMax));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var query = await queries.FindAsync(input.Id, cancellation) ?? throw AthenaErrors.NoSuchNamedQuery(input.Id);
        await queries.UpdateAsync(
            query with { Name = input.Name, Description = input.Description, Sql = input.Sql }, cancellation);
    }

    internal sealed record Input(string Id, string Name, string Description, string Sql);
}
