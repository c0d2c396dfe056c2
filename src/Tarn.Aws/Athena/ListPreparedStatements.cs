using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Prepared;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ListPreparedStatements.html</summary>
internal sealed class ListPreparedStatements(IPreparedStatements prepared, IWorkgroups workgroups)
    : AthenaOperation<ListPreparedStatements.Input>
{
    private const int PageMax = 50;

    public override string Name => "ListPreparedStatements";

    protected override Input Read(JsonMembers members) =>
        new(AthenaPage.Read(members, PageMax, 1, PageMax), members.RequiredText("WorkGroup"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await AthenaErrors.RequireAsync(workgroups, input.WorkGroup, cancellation);
        var found = await prepared.ListAsync(input.WorkGroup, cancellation);
        input.Page.Write(answer, "PreparedStatements", found, (writer, statement) =>
        {
            writer.WriteStartObject();
            writer.WriteString("StatementName", statement.Name);
            PreparedStatementAnswer.WriteTime(writer, statement);
            writer.WriteEndObject();
        });
    }

    internal sealed record Input(AthenaPage Page, string WorkGroup);
}
