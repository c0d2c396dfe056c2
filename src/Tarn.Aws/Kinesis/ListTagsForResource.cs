using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForResource.html. By ordinal key.
/// </summary>
internal sealed class ListTagsForResource(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    : KinesisOperation<string>
{
    public override string Name => "ListTagsForResource";

    protected override string Read(JsonMembers members) => TaggedResource.ReadArn(members);

    protected override Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        TagRules.Write(answer, new TaggedResource(input, streams, consumers, lake).Tags);
        return Task.CompletedTask;
    }
}
