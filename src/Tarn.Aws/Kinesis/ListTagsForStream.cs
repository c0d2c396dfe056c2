using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForStream.html. By ordinal key.
/// </summary>
internal sealed class ListTagsForStream(IStreams streams, LakeIdentity lake)
    : KinesisOperation<ListTagsForStream.Input>
{
    public override string Name => "ListTagsForStream";

    protected override Input Read(JsonMembers members) => new(
        StreamRef.Read(members),
        members.Text("ExclusiveStartTagKey"),
        members.Number("Limit", 1, TagRules.TagsMax));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var tags = input.Stream.Find(streams, lake).Spec.Tags
            .Where(tag => string.CompareOrdinal(tag.Key, input.ExclusiveStartTagKey) > 0)
            .ToList();
        var limit = input.Limit ?? TagRules.TagsMax;
        TagRules.Write(answer, tags.Take(limit));
        answer.WriteBoolean("HasMoreTags", tags.Count > limit);
        return Task.CompletedTask;
    }

    internal sealed record Input(StreamRef Stream, string? ExclusiveStartTagKey, int? Limit);
}
