using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.NamedQueries;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html</summary>
internal sealed class CreateNamedQuery(INamedQueries queries, IWorkgroups workgroups)
    : AthenaOperation<CreateNamedQuery.Input>
{
    public override string Name => "CreateNamedQuery";

    protected override Input Read(JsonMembers members)
    {
        var query = new NamedQuery
        {
            Id = "",
            Name = AthenaErrors.Sized(members, "Name", 128),
            Description = members.Text("Description") is { } text
                ? AthenaErrors.Sized("Description", text, 1, 1024)
                : "",
            Database = AthenaErrors.Sized(members, "Database", 255),
            Sql = AthenaErrors.Sized(members, "QueryString", StartQueryExecution.QueryBytesMax),
            Workgroup = members.Text("WorkGroup") ?? "primary",
        };
        return new Input(query, StartQueryExecution.ReadToken(members));
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await AthenaErrors.RequireAsync(workgroups, input.Query.Workgroup, cancellation);
        var created = await queries.CreateAsync(input.Query, input.Token, cancellation);
        answer.WriteString("NamedQueryId", created.Id);
    }

    internal sealed record Input(NamedQuery Query, string? Token);
}
