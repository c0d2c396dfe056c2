using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html</summary>
internal sealed class AddTagsToStream(IStreams streams, LakeIdentity lake) : KinesisOperation<AddTagsToStream.Input>
{
    public override string Name => "AddTagsToStream";

    protected override Input Read(JsonMembers members) => new(StreamRef.Read(members), TagRules.ReadRequired(members));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = input.Stream.Find(streams, lake).Name;
        return streams.ConfigureAsync(
            name,
            spec => spec with { Tags = TagRules.Add(spec.Tags, input.Tags, $"stream {name}", lake) },
            cancellation);
    }

    internal sealed record Input(StreamRef Stream, IReadOnlyDictionary<string, string> Tags);
}
