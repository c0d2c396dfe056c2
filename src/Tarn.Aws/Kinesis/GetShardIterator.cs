using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html. A closed shard gives iterators as
/// an open one does, until its last record is past retention.
/// </summary>
internal sealed class GetShardIterator(IStreams streams, LakeIdentity lake, TimeProvider time)
    : KinesisOperation<GetShardIterator.Input>
{
    public override string Name => "GetShardIterator";

    protected override Input Read(JsonMembers members) => new(
        StreamRef.Read(members),
        members.RequiredNameText("ShardId"),
        members.RequiredText("ShardIteratorType"),
        members.SequenceText("StartingSequenceNumber"),
        members.Time("Timestamp"));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var start = ShardPosition.Read(
            "shardIteratorType",
            input.ShardIteratorType,
            ("StartingSequenceNumber", input.StartingSequenceNumber),
            input.Timestamp);
        var now = time.GetUtcNow();
        var stream = input.Stream.Find(streams, lake);
        var shard = TrimHorizon.Kept(stream, now).Find(shard => shard.ShardId == input.ShardId)
            ?? throw KinesisErrors.ShardNotFound(input.ShardId, stream.Name, lake.AccountId);
        ShardPosition.Check(start, stream, shard, lake, now);
        var next = await streams.ResolveAsync(stream.Name, input.ShardId, start, cancellation);
        var token = new KinesisToken(stream.Name, stream.Id, input.ShardId, next, now);
        answer.WriteString("ShardIterator", token.ToString());
    }

    internal sealed record Input(
        StreamRef Stream,
        string ShardId,
        string ShardIteratorType,
        string? StartingSequenceNumber,
        DateTimeOffset? Timestamp);
}
