using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html. Of the shard filters those are taken
/// whose answer does not depend on when a shard was closed.
/// </summary>
internal sealed class ListShards(IStreams streams, LakeIdentity lake, TimeProvider time)
    : KinesisOperation<ListShards.Input>
{
    public override string Name => "ListShards";

    protected override Input Read(JsonMembers members)
    {
        var stream = StreamRef.Read(members);
        var input = new Input(
            stream,
            members.Text("NextToken"),
            members.Text("ExclusiveStartShardId"),
            members.Number("MaxResults", 1, 10_000),
            members.Time("StreamCreationTimestamp"),
            null,
            null);
        var filter = members.Object("ShardFilter");
        return filter is null
            ? input
            : input with { FilterType = filter.RequiredText("Type"), FilterShardId = filter.Text("ShardId") };
    }

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var (stream, after) = Begin(input);
        var shards = Filter(input, stream)
            .Where(shard => string.CompareOrdinal(shard.ShardId, after) > 0)
            .ToList();
        var limit = input.MaxResults ?? 1000;

        answer.WriteStartArray("Shards");
        foreach (var shard in shards.Take(limit))
        {
            ShardAnswer.Write(answer, shard);
        }

        answer.WriteEndArray();
        if (shards.Count > limit)
        {
            var token = new KinesisToken(
                stream.Name, stream.Id, shards[limit - 1].ShardId, SequenceNumber.Zero, time.GetUtcNow());
            answer.WriteString("NextToken", token.ToString());
        }

        return Task.CompletedTask;
    }

    private (StreamDescription Stream, string? After) Begin(Input input)
    {
        if (input.NextToken is null)
        {
            var named = input.Stream.Find(streams, lake);
            if (input.StreamCreationTimestamp is { } created && created != named.CreatedAt)
            {
                throw KinesisErrors.NotFound(named.Name, lake.AccountId);
            }

            return (named, input.ExclusiveStartShardId);
        }

        if ((input.Stream.Name ?? input.ExclusiveStartShardId) is not null || input.StreamCreationTimestamp is not null)
        {
            throw KinesisErrors.InvalidArgument(
                "NextToken cannot be given with StreamName, ExclusiveStartShardId or StreamCreationTimestamp.");
        }

        var token = KinesisToken.TryParse(input.NextToken)
            ?? throw KinesisErrors.InvalidArgument("The NextToken is not one that ListShards gave.");
        if (time.GetUtcNow() - token.IssuedAt > KinesisToken.ValidFor)
        {
            throw new AwsException("ExpiredNextTokenException", 400, "The NextToken is older than 5 minutes.");
        }

        return streams.Find(token.Stream) is { } stream && stream.Id == token.StreamId
            ? (stream, token.ShardId)
            : throw KinesisErrors.NotFound(token.Stream, lake.AccountId);
    }

    private static IEnumerable<ShardDescription> Filter(Input input, StreamDescription stream)
    {
        switch (input.FilterType)
        {
            case null or "FROM_TRIM_HORIZON":
                return stream.Shards;
            case "AT_LATEST":
                return stream.Shards.Where(shard => shard.EndingSequenceNumber is null);
            case "AFTER_SHARD_ID" when input.FilterShardId is { } after:
                return stream.Shards.Where(shard => string.CompareOrdinal(shard.ShardId, after) > 0);
            case "AFTER_SHARD_ID":
                throw KinesisErrors.InvalidArgument("ShardFilter of type AFTER_SHARD_ID needs a ShardId.");
            default:
                throw KinesisErrors.InvalidArgument(
                    $"tarn does not support ShardFilter type '{input.FilterType}' of kinesis ListShards");
        }
    }

    internal sealed record Input(
        StreamRef Stream,
        string? NextToken,
        string? ExclusiveStartShardId,
        int? MaxResults,
        DateTimeOffset? StreamCreationTimestamp,
        string? FilterType,
        string? FilterShardId);
}
