using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTagsForResource.html. By ordinal key.
/// </summary>
internal sealed class ListTagsForResource(IWorkgroups workgroups, LakeIdentity lake)
    : AthenaOperation<ListTagsForResource.Input>
{
    private const int PageMin = 75;

    public override string Name => "ListTagsForResource";

    protected override Input Read(JsonMembers members) => new(
        members.RequiredText("ResourceARN"), AthenaPage.Read(members, PageMin, PageMin, int.MaxValue));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = WorkgroupTags.NameOf(input.Arn, lake) ?? throw AthenaErrors.NoSuchResource(input.Arn);
        _ = await workgroups.FindAsync(name, cancellation) ?? throw AthenaErrors.NoSuchResource(input.Arn);
        var tags = (await workgroups.TagsAsync(name, cancellation)).ToList();
        input.Page.Write(answer, "Tags", tags, (writer, tag) =>
        {
            writer.WriteStartObject();
            writer.WriteString("Key", tag.Key);
            writer.WriteString("Value", tag.Value);
            writer.WriteEndObject();
        });
    }

    internal sealed record Input(string Arn, AthenaPage Page);
}
