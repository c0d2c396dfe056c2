using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_UntagResource.html. A key that is not there is no error.
/// </summary>
internal sealed class UntagResource(IWorkgroups workgroups, LakeIdentity lake) : AthenaOperation<UntagResource.Input>
{
    public override string Name => "UntagResource";

    protected override Input Read(JsonMembers members) => new(
        members.RequiredText("ResourceARN"), members.Texts("TagKeys") ?? throw members.Missing("TagKeys"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = WorkgroupTags.NameOf(input.Arn, lake) ?? throw AthenaErrors.NoSuchResource(input.Arn);
        _ = await workgroups.FindAsync(name, cancellation) ?? throw AthenaErrors.NoSuchResource(input.Arn);
        await workgroups.SetTagsAsync(
            name,
            tags =>
            {
                foreach (var key in input.Keys)
                {
                    tags.Remove(key);
                }
            },
            cancellation);
    }

    internal sealed record Input(string Arn, IReadOnlyList<string> Keys);
}
