using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeregisterStreamConsumer.html</summary>
internal sealed class DeregisterStreamConsumer(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    : KinesisOperation<ConsumerRef>
{
    public override string Name => "DeregisterStreamConsumer";

    protected override ConsumerRef Read(JsonMembers members) => ConsumerRef.Read(members);

    protected override Task RunAsync(
        ConsumerRef input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var consumer = input.Find(streams, consumers, lake);
        return consumers.DeregisterAsync(consumer.Stream, consumer.Name, cancellation);
    }
}
