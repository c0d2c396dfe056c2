using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_TagResource.html</summary>
internal sealed class TagResource(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    : KinesisOperation<TagResource.Input>
{
    public override string Name => "TagResource";

    protected override Input Read(JsonMembers members) =>
        new(TagRules.ReadRequired(members), TaggedResource.ReadArn(members));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        new TaggedResource(input.ResourceArn, streams, consumers, lake).ChangeAsync(
            (tags, resource) => TagRules.Add(tags, input.Tags, resource, lake), cancellation);

    internal sealed record Input(IReadOnlyDictionary<string, string> Tags, string ResourceArn);
}
