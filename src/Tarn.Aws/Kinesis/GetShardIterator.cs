using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

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

        var next = await streams.ResolveAsync(stream.Name, input.ShardId, Position(input), cancellation);
        var token = new KinesisToken(stream.Name, stream.Id, input.ShardId, next, time.GetUtcNow());
        answer.WriteString("ShardIterator", token.ToString());
    }

    private static StartPosition Position(Input input)
    {
        var type = input.ShardIteratorType;
        var byNumber = type.EndsWith("SEQUENCE_NUMBER", StringComparison.Ordinal);
        RefuseOther(input.StartingSequenceNumber, "StartingSequenceNumber", type, byNumber);
        RefuseOther(input.Timestamp, "Timestamp", type, type == "AT_TIMESTAMP");
        return type switch
        {
            "TRIM_HORIZON" => new StartPosition.TrimHorizon(),
            "LATEST" => new StartPosition.Latest(),
            "AT_SEQUENCE_NUMBER" => new StartPosition.At(Number(input)),
            "AFTER_SEQUENCE_NUMBER" => new StartPosition.After(Number(input)),
            "AT_TIMESTAMP" => new StartPosition.AtTime(
                input.Timestamp ?? throw KinesisErrors.InvalidArgument("AT_TIMESTAMP needs a Timestamp.")),
            _ => throw JsonMembers.Violation(
                $"Value '{type}' at 'shardIteratorType' failed to satisfy constraint: "
                + "Member must satisfy enum value set: "
                + "[AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"),
        };
    }

    private static SequenceNumber Number(Input input) =>
        SequenceNumber.TryParse(input.StartingSequenceNumber, out var number)
            ? number
            : throw KinesisErrors.InvalidArgument(
                $"StartingSequenceNumber '{input.StartingSequenceNumber}' is not a sequence number of this shard.");

    private static void RefuseOther(object? given, string member, string type, bool belongs)
    {
        if (given is not null && !belongs)
        {
            throw KinesisErrors.InvalidArgument($"{member} cannot be given with ShardIteratorType {type}.");
        }
    }

    internal sealed record Input(
        StreamRef Stream,
        string ShardId,
        string ShardIteratorType,
        string? StartingSequenceNumber,
        DateTimeOffset? Timestamp);
}
