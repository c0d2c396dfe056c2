using Tarn.Aws.Kinesis.Subscriptions;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.EventStreams;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html. The Java SDK calls it in JSON
/// even where it speaks CBOR otherwise, as AWS knows no CBOR here; Tarn answers in what it is asked.
/// </summary>
internal sealed class SubscribeToShard(
    IStreams streams, ISharedReads limits, IStreamConsumers consumers, LakeIdentity lake, TimeProvider time)
    : IEventStreamOperation
{
    private readonly ShardSubscriptions _subscriptions = new(time);

    public AwsService Service => AwsService.Kinesis;

    public string Name => "SubscribeToShard";

    public int BodyBytesMax => 64 * 1024;

    public IReadOnlySet<string> StreamExceptions { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "InternalFailureException", "ResourceInUseException", "ResourceNotFoundException",
    };

    public async ValueTask<IEventSource> OpenAsync(EventStreamCall call, CancellationToken cancellation)
    {
        var input = JsonInput.Read(call.Body, Service, Name, Read);
        var now = time.GetUtcNow();
        var consumer = new ConsumerRef(StreamArn: null, Name: null, input.ConsumerArn).Find(streams, consumers, lake);
        var stream = new StreamRef(consumer.Stream, Arn: null).Find(streams, lake);
        var shard = TrimHorizon.Kept(stream, now).Find(shard => shard.ShardId == input.ShardId)
            ?? throw KinesisErrors.ShardNotFound(input.ShardId, stream.Name, lake.AccountId);
        ShardPosition.Check(input.Start, stream, shard, lake, now);
        var start = await streams.ResolveAsync(stream.Name, shard.ShardId, input.Start, cancellation);

        var key = new SubscriptionKey(stream.Id, consumer.Name, consumer.CreatedAt, shard.ShardId);
        return new ShardFeed(
            streams, limits, consumers, time, consumer, _subscriptions.Begin(key), start, call.Stopping);
    }

    private static Input Read(JsonMembers members)
    {
        var arn = members.RequiredText("ConsumerARN");
        var shardId = members.RequiredNameText("ShardId");
        var start = members.Object("StartingPosition") ?? throw members.Missing("StartingPosition");
        return new Input(arn, shardId, ShardPosition.Read(
            start.At("Type"),
            start.RequiredText("Type"),
            ("SequenceNumber", start.SequenceText("SequenceNumber")),
            start.Time("Timestamp")));
    }

    private sealed record Input(string ConsumerArn, string ShardId, StartPosition Start);
}
