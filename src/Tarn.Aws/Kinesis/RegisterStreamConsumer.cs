using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html. The consumer is ACTIVE when
/// it is answered.
/// </summary>
internal sealed class RegisterStreamConsumer(IStreams streams, IStreamConsumers consumers, LakeIdentity lake)
    : KinesisOperation<RegisterStreamConsumer.Input>
{
    public override string Name => "RegisterStreamConsumer";

    protected override Input Read(JsonMembers members) => new(
        new StreamRef(null, members.RequiredText("StreamARN")),
        members.RequiredNameText("ConsumerName"),
        TagRules.Read(members));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake).Name;
        if (consumers.Find(stream, input.ConsumerName) is not null)
        {
            throw new AwsException(
                "ResourceInUseException",
                400,
                $"Consumer {input.ConsumerName} under stream {stream}, account {lake.AccountId} already exists.");
        }

        var tags = TagRules.Add(StreamSpec.NoTags, input.Tags, $"consumer {input.ConsumerName}", lake);
        var consumer = await consumers.RegisterAsync(stream, input.ConsumerName, tags, cancellation);
        answer.WriteStartObject("Consumer");
        ConsumerAnswer.Write(answer, lake, consumer);
        answer.WriteEndObject();
    }

    internal sealed record Input(StreamRef Stream, string ConsumerName, IReadOnlyDictionary<string, string>? Tags);
}
