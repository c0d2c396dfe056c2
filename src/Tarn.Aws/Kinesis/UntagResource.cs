using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UntagResource.html. A key that is not there is no error.
/// </summary>
internal sealed class UntagResource(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    : KinesisOperation<UntagResource.Input>
{
    public override string Name => "UntagResource";

    protected override Input Read(JsonMembers members) =>
        new(TagRules.ReadKeys(members), TaggedResource.ReadArn(members));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        new TaggedResource(input.ResourceArn, streams, consumers, lake).ChangeAsync(
            (tags, _) => tags.RemoveRange(input.Keys), cancellation);

    internal sealed record Input(IReadOnlyList<string> Keys, string ResourceArn);
}
