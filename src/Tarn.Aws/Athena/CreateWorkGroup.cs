using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html. A client's own output location is
/// always honoured, so EnforceWorkGroupConfiguration is taken as false only.
/// </summary>
internal sealed class CreateWorkGroup(IWorkgroups workgroups, LakeIdentity lake) : AthenaOperation<Workgroup>
{
    private const long CutoffBytesMin = 10_000_000;

    public override string Name => "CreateWorkGroup";

    protected override Workgroup Read(JsonMembers members)
    {
        var workgroup = new Workgroup { Name = members.RequiredText("Name") };
        members.TakeNeutral("Description");
        members.TakeNeutral("Tags");
        if (members.Object("Configuration") is not { } configuration)
        {
            return workgroup;
        }

        var location = ResultConfiguration.Read(configuration.Object("ResultConfiguration"), lake);
        configuration.TakeNeutral("EnforceWorkGroupConfiguration");
        configuration.TakeNeutral("PublishCloudWatchMetricsEnabled");
        configuration.TakeNeutral("RequesterPaysEnabled");
        var cutoff = configuration.Number("BytesScannedCutoffPerQuery");
        if (cutoff < CutoffBytesMin)
        {
            throw AthenaErrors.Invalid(
                $"BytesScannedCutoffPerQuery must be at least {CutoffBytesMin} bytes, not {cutoff}");
        }

        return workgroup with { OutputLocation = location ?? workgroup.OutputLocation, ScannedBytesMax = cutoff };
    }

    protected override async Task RunAsync(
        Workgroup input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (await workgroups.FindAsync(input.Name, cancellation) is not null)
        {
            throw AthenaErrors.Invalid($"WorkGroup {input.Name} is already created");
        }

        await workgroups.PutAsync(input, cancellation);
    }
}
