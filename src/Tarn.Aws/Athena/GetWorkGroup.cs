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
        var workgroup = await workgroups.FindAsync(input, cancellation) ?? throw AthenaErrors.NoSuchWorkgroup(input);
        answer.WriteStartObject("WorkGroup");
        answer.WriteString("Name", workgroup.Name);
        answer.WriteString("State", "ENABLED");
        answer.WriteStartObject("Configuration");
        answer.WriteStartObject("ResultConfiguration");
        answer.WriteString("OutputLocation", workgroup.OutputLocation);
        answer.WriteEndObject();
        answer.WriteBoolean("EnforceWorkGroupConfiguration", false);
        answer.WriteBoolean("PublishCloudWatchMetricsEnabled", false);
        if (workgroup.ScannedBytesMax is { } cutoff)
        {
            answer.WriteNumber("BytesScannedCutoffPerQuery", cutoff);
        }

        answer.WriteBoolean("RequesterPaysEnabled", false);
        answer.WriteEndObject();
        answer.WriteEndObject();
    }
}
