using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html. As there, a configuration that does
/// not say otherwise is enforced.
/// </summary>
internal sealed class CreateWorkGroup(IWorkgroups workgroups, LakeIdentity lake)
    : AthenaOperation<CreateWorkGroup.Input>
{
    public override string Name => "CreateWorkGroup";

    protected override Input Read(JsonMembers members)
    {
        var workgroup = new Workgroup
        {
            Name = members.RequiredText("Name"), Description = WorkgroupConfiguration.ReadDescription(members, ""),
        };
        var tags = WorkgroupTags.Read(members, isRequired: false);
        if (members.Object("Configuration") is not { } configuration)
        {
            return new Input(workgroup, tags);
        }

        WorkgroupConfiguration.ReadRest(configuration);
        workgroup = workgroup with
        {
            OutputLocation = ResultConfiguration.Read(configuration.Object("ResultConfiguration"), lake)
                ?? workgroup.OutputLocation,
            IsEnforced = configuration.Flag("EnforceWorkGroupConfiguration") ?? true,
            PublishesMetrics = configuration.Flag("PublishCloudWatchMetricsEnabled") ?? true,
            ScannedBytesMax = WorkgroupConfiguration.ReadCutoff(configuration),
        };
        return new Input(workgroup, tags);
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        try
        {
            await workgroups.CreateAsync(input.Workgroup, input.Tags, cancellation);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
        {
            throw AthenaErrors.Invalid($"WorkGroup {input.Workgroup.Name} is already created");
        }
    }

    internal sealed record Input(Workgroup Workgroup, IReadOnlyDictionary<string, string> Tags);
}
