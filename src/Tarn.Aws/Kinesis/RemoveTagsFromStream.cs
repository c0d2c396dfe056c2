using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RemoveTagsFromStream.html. A key that is not there is no
/// error.
/// </summary>
internal sealed class RemoveTagsFromStream(IStreams streams, LakeIdentity lake)
    : KinesisOperation<RemoveTagsFromStream.Input>
{
    public override string Name => "RemoveTagsFromStream";

    protected override Input Read(JsonMembers members) => new(StreamRef.Read(members), TagRules.ReadKeys(members));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        streams.ConfigureAsync(
            input.Stream.Find(streams, lake).Name,
            spec => spec with { Tags = spec.Tags.RemoveRange(input.Keys) },
            cancellation);

    internal sealed record Input(StreamRef Stream, IReadOnlyList<string> Keys);
}
