using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html</summary>
internal sealed class CreateStream(IStreams streams) : KinesisOperation<CreateStream.Input>
{
    private const int OnDemandShards = 4;

    public override string Name => "CreateStream";

    protected override Input Read(JsonMembers members) => new(
        members.RequiredText("StreamName"),
        members.Number("ShardCount", 1, 10_000),
        members.Object("StreamModeDetails")?.RequiredText("StreamMode"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        StreamRef.CheckName(input.StreamName);
        if (input.StreamMode is not (null or "PROVISIONED" or "ON_DEMAND"))
        {
            throw JsonMembers.Violation(
                $"Value '{input.StreamMode}' at 'streamModeDetails.streamMode' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]");
        }

        var onDemand = input.StreamMode == "ON_DEMAND";
        if (onDemand == input.ShardCount.HasValue)
        {
            throw KinesisErrors.Validation(onDemand
                ? "ShardCount cannot be given for a stream in ON_DEMAND mode."
                : "ShardCount must be given for a stream in PROVISIONED mode.");
        }

        var spec = new StreamSpec
        {
            Name = input.StreamName,
            ShardCount = input.ShardCount ?? OnDemandShards,
            OnDemand = onDemand,
        };
        await streams.CreateAsync(spec, cancellation);
    }

    internal sealed record Input(string StreamName, int? ShardCount, string? StreamMode);
}
