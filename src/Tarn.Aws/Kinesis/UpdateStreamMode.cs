using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamMode.html. The shards stay as they are.
/// </summary>
internal sealed class UpdateStreamMode(IStreams streams, LakeIdentity lake) : KinesisOperation<UpdateStreamMode.Input>
{
    public override string Name => "UpdateStreamMode";

    protected override Input Read(JsonMembers members)
    {
        var stream = new StreamRef(null, members.RequiredText("StreamARN"));
        var details = members.Object("StreamModeDetails") ?? throw members.Missing("StreamModeDetails");
        var input = new Input(stream, StreamMode.Read(details));
        StreamMode.RefuseWarmThroughput(members, Name);
        return input;
    }

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        streams.ConfigureAsync(
            input.Stream.Find(streams, lake).Name, spec => spec with { OnDemand = input.OnDemand }, cancellation);

    internal sealed record Input(StreamRef Stream, bool OnDemand);
}
