using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html: what its structures for
/// create and update have in common.
/// </summary>
internal static class WorkgroupConfiguration
{
    private const long CutoffBytesMin = 10_000_000;

    /// <summary>Refuses what cannot be honoured: other accounts that pay, other engines.</summary>
    public static void ReadRest(JsonMembers configuration)
    {
        configuration.TakeNeutral("RequesterPaysEnabled");
        EngineVersion.Read(configuration.Object("EngineVersion"));
    }

    public static long? ReadCutoff(JsonMembers configuration)
    {
        var cutoff = configuration.Number("BytesScannedCutoffPerQuery");
        return cutoff is null or >= CutoffBytesMin
            ? cutoff
            : throw AthenaErrors.Invalid(
                $"BytesScannedCutoffPerQuery must be at least {CutoffBytesMin} bytes, not {cutoff}");
    }

    public static string ReadDescription(JsonMembers members, string usual) =>
        AthenaErrors.Sized("Description", members.Text("Description") ?? usual, 0, 1024);

    public static void Write(Utf8JsonWriter answer, Workgroup workgroup)
    {
        answer.WriteStartObject("Configuration");
        answer.WriteStartObject("ResultConfiguration");
        answer.WriteString("OutputLocation", workgroup.OutputLocation);
        answer.WriteEndObject();
        answer.WriteBoolean("EnforceWorkGroupConfiguration", workgroup.IsEnforced);
        answer.WriteBoolean("PublishCloudWatchMetricsEnabled", workgroup.PublishesMetrics);
        if (workgroup.ScannedBytesMax is { } cutoff)
        {
            answer.WriteNumber("BytesScannedCutoffPerQuery", cutoff);
        }

        answer.WriteBoolean("RequesterPaysEnabled", value: false);
        EngineVersion.Write(answer);
        answer.WriteEndObject();
    }

    /// <summary>What a workgroup and its place in a list have in common.</summary>
    public static void WriteSummary(Utf8JsonWriter answer, Workgroup workgroup)
    {
        answer.WriteString("Name", workgroup.Name);
        answer.WriteString("State", workgroup.IsEnabled ? "ENABLED" : "DISABLED");
        answer.WriteString("Description", workgroup.Description);
        if (workgroup.CreatedAt is { } created)
        {
            answer.WriteNumber("CreationTime", created.ToUnixTimeMilliseconds() / 1000m);
        }
    }
}
