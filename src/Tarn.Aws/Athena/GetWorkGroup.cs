using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_GetWorkGroup.html</summary>
internal sealed class GetWorkGroup(IWorkgroups workgroups) : AthenaOperation<string>
{
    public override string Name => "GetWorkGroup";

    protected override string Read(JsonMembers members) => members.RequiredText("WorkGroup");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var workgroup = await AthenaErrors.RequireAsync(workgroups, input, cancellation);
        answer.WriteStartObject("WorkGroup");
        WorkgroupConfiguration.WriteSummary(answer, workgroup);
        WorkgroupConfiguration.Write(answer, workgroup);
        answer.WriteEndObject();
    }
}
