using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_ListWorkGroups.html. The token is the last name.
/// </summary>
internal sealed class ListWorkGroups(IWorkgroups workgroups) : AthenaOperation<ListWorkGroups.Input>
{
    private const int PageMax = 50;

    public override string Name => "ListWorkGroups";

    protected override Input Read(JsonMembers members) =>
        new(members.Text("NextToken"), members.Number("MaxResults", 1, PageMax) ?? PageMax);

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var found = (await workgroups.ListAsync(cancellation))
            .Where(workgroup => string.CompareOrdinal(workgroup.Name, input.NextToken) > 0)
            .ToList();
        answer.WriteStartArray("WorkGroups");
        foreach (var workgroup in found.Take(input.MaxResults))
        {
            answer.WriteStartObject();
            WorkgroupConfiguration.WriteSummary(answer, workgroup);
            EngineVersion.Write(answer);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        if (found.Count > input.MaxResults)
        {
            answer.WriteString("NextToken", found[input.MaxResults - 1].Name);
        }
    }

    internal sealed record Input(string? NextToken, int MaxResults);
}
