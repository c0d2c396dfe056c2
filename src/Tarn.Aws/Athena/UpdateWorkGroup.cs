using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_UpdateWorkGroup.html. What is not named stays. A removed
/// output location is the lake's usual one again. Limits that Athena does not know are lake.yaml's and stay.
/// </summary>
internal sealed class UpdateWorkGroup(IWorkgroups workgroups, LakeIdentity lake)
    : AthenaOperation<UpdateWorkGroup.Input>
{
    public override string Name => "UpdateWorkGroup";

    protected override Input Read(JsonMembers members)
    {
        var name = members.RequiredText("WorkGroup");
        var description = members.Text("Description");
        var state = members.Text("State");
        if (state is not (null or "ENABLED" or "DISABLED"))
        {
            throw AthenaErrors.Invalid($"State must be ENABLED or DISABLED, not {state}");
        }

        Func<Workgroup, Workgroup> change = workgroup => workgroup with
        {
            Description = AthenaErrors.Sized("Description", description ?? workgroup.Description, 0, 1024),
            IsEnabled = state is null ? workgroup.IsEnabled : state == "ENABLED",
        };
        return new Input(
            name,
            members.Object("ConfigurationUpdates") is { } updates ? Then(change, ReadConfiguration(updates)) : change);
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var workgroup = await AthenaErrors.RequireAsync(workgroups, input.WorkGroup, cancellation);
        await workgroups.PutAsync(input.Change(workgroup), cancellation);
    }

    private Func<Workgroup, Workgroup> ReadConfiguration(JsonMembers updates)
    {
        WorkgroupConfiguration.ReadRest(updates);
        updates.TakeNeutral("RemoveCustomerContentEncryptionConfiguration");
        var isEnforced = updates.Flag("EnforceWorkGroupConfiguration");
        var publishes = updates.Flag("PublishCloudWatchMetricsEnabled");
        var cutoff = WorkgroupConfiguration.ReadCutoff(updates);
        var noCutoff = updates.Flag("RemoveBytesScannedCutoffPerQuery") ?? false;
        if (noCutoff && cutoff is not null)
        {
            throw AthenaErrors.Invalid(
                "BytesScannedCutoffPerQuery and RemoveBytesScannedCutoffPerQuery exclude each other");
        }

        var location = ReadLocation(updates.Object("ResultConfigurationUpdates"));
        return workgroup => workgroup with
        {
            IsEnforced = isEnforced ?? workgroup.IsEnforced,
            PublishesMetrics = publishes ?? workgroup.PublishesMetrics,
            ScannedBytesMax = noCutoff ? null : cutoff ?? workgroup.ScannedBytesMax,
            OutputLocation = location ?? workgroup.OutputLocation,
        };
    }

    /// <summary>The new location, or null: as it is. To remove what is never set changes nothing.</summary>
    private string? ReadLocation(JsonMembers? updates)
    {
        if (updates is null)
        {
            return null;
        }

        updates.Flag("RemoveEncryptionConfiguration");
        updates.Flag("RemoveExpectedBucketOwner");
        updates.Flag("RemoveAclConfiguration");
        var location = ResultConfiguration.Read(updates, lake);
        if (updates.Flag("RemoveOutputLocation") is not true)
        {
            return location;
        }

        return location is null
            ? Workgroup.UsualOutputLocation
            : throw AthenaErrors.Invalid("OutputLocation and RemoveOutputLocation exclude each other");
    }

    private static Func<Workgroup, Workgroup> Then(
        Func<Workgroup, Workgroup> first, Func<Workgroup, Workgroup> second) => workgroup => second(first(workgroup));

    internal sealed record Input(string WorkGroup, Func<Workgroup, Workgroup> Change);
}
