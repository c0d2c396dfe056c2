using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.NamedQueries;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ListNamedQueries.html</summary>
internal sealed class ListNamedQueries(INamedQueries queries, IWorkgroups workgroups)
    : AthenaOperation<ListNamedQueries.Input>
{
    private const int PageMax = 50;

    public override string Name => "ListNamedQueries";

    protected override Input Read(JsonMembers members) =>
        new(AthenaPage.Read(members, PageMax, 0, PageMax), members.Text("WorkGroup") ?? "primary");

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await AthenaErrors.RequireAsync(workgroups, input.WorkGroup, cancellation);
        var found = await queries.ListAsync(input.WorkGroup, cancellation);
        input.Page.Write(answer, "NamedQueryIds", found, (writer, query) => writer.WriteStringValue(query.Id));
    }

    internal sealed record Input(AthenaPage Page, string WorkGroup);
}
