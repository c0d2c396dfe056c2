using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html</summary>
internal sealed class GetShardIterator(IStreams streams, LakeIdentity lake, TimeProvider time)
    : KinesisOperation<GetShardIterator.Input>
{
    public override string Name => "GetShardIterator";

    protected override Input Read(JsonMembers members)
    {
        var stream = StreamRef.Read(members);
        return new Input(
            stream,
            members.RequiredText("ShardId"),
            members.RequiredText("ShardIteratorType"),
            members.Text("StartingSequenceNumber"),
            members.Time("Timestamp"));
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake);
        if (!stream.Shards.Any(shard => shard.ShardId == input.ShardId))
        {
            throw KinesisErrors.ShardNotFound(input.ShardId, stream.Name, lake.AccountId);
        }

        var start = ShardPosition.Read(
            "shardIteratorType",
            input.ShardIteratorType,
            ("StartingSequenceNumber", input.StartingSequenceNumber),
            input.Timestamp);
        var next = await streams.ResolveAsync(stream.Name, input.ShardId, start, cancellation);
        var token = new KinesisToken(stream.Name, stream.Id, input.ShardId, next, time.GetUtcNow());
        answer.WriteString("ShardIterator", token.ToString());
    }

    internal sealed record Input(
        StreamRef Stream,
        string ShardId,
        string ShardIteratorType,
        string? StartingSequenceNumber,
        DateTimeOffset? Timestamp);
}
