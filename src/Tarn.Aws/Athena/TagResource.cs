using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_TagResource.html</summary>
internal sealed class TagResource(IWorkgroups workgroups, LakeIdentity lake) : AthenaOperation<TagResource.Input>
{
    public override string Name => "TagResource";

    protected override Input Read(JsonMembers members) =>
        new(members.RequiredText("ResourceARN"), WorkgroupTags.Read(members, isRequired: true));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = WorkgroupTags.NameOf(input.Arn, lake) ?? throw AthenaErrors.NoSuchResource(input.Arn);
        _ = await workgroups.FindAsync(name, cancellation) ?? throw AthenaErrors.NoSuchResource(input.Arn);
        await workgroups.SetTagsAsync(name, tags => WorkgroupTags.Add(tags, input.Tags), cancellation);
    }

    internal sealed record Input(string Arn, IReadOnlyDictionary<string, string> Tags);
}
