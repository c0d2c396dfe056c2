using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_ListQueryExecutions.html. The token is the last id of a
/// page, so that queries started meanwhile do not shift the next one.
/// </summary>
internal sealed class ListQueryExecutions(IQueries queries, IWorkgroups workgroups)
    : AthenaOperation<ListQueryExecutions.Input>
{
    private const int PageMax = 50;

    public override string Name => "ListQueryExecutions";

    protected override Input Read(JsonMembers members) => new(
        members.Text("NextToken"), members.Number("MaxResults", 0, PageMax), members.Text("WorkGroup"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var workgroup = input.WorkGroup ?? "primary";
        await AthenaErrors.RequireAsync(workgroups, workgroup, cancellation);

        var max = input.MaxResults is > 0 and { } given ? given : PageMax;
        var (ids, hasMore) = await PageAsync(workgroup, input.NextToken, max, cancellation);
        answer.WriteStartArray("QueryExecutionIds");
        foreach (var id in ids)
        {
            answer.WriteStringValue(id);
        }

        answer.WriteEndArray();
        if (hasMore)
        {
            answer.WriteString("NextToken", ids[^1]);
        }
    }

    private async Task<(IReadOnlyList<string> Ids, bool HasMore)> PageAsync(
        string workgroup, string? after, int max, CancellationToken cancellation)
    {
        for (var wanted = 4 * PageMax; ; wanted *= 4)
        {
            var found = await queries.ListAsync(workgroup, wanted, cancellation);
            var ids = found.Select(execution => execution.Id).ToList();
            var start = after is null ? 0 : ids.IndexOf(after) + 1;
            var isKnown = after is null || start > 0;
            if (isKnown && (ids.Count > start + max || ids.Count < wanted))
            {
                return (ids.Skip(start).Take(max).ToList(), ids.Count > start + max);
            }

            if (ids.Count < wanted)
            {
                throw AthenaErrors.Invalid("the NextToken is not one that ListQueryExecutions gave");
            }
        }
    }

    internal sealed record Input(string? NextToken, int? MaxResults, string? WorkGroup);
}
