using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html. The token keeps the filter, so that the
/// next page need not repeat it. Expired shards are not listed.
/// </summary>
internal sealed class ListShards(IStreams streams, LakeIdentity lake, TimeProvider time)
    : KinesisOperation<ListShards.Input>
{
    private const int ResultsMax = 1000;

    public override string Name => "ListShards";

    protected override Input Read(JsonMembers members) => new(
        StreamRef.Read(members),
        members.Text("NextToken"),
        members.NameText("ExclusiveStartShardId"),
        members.Number("MaxResults", 1, 10_000),
        members.Time("StreamCreationTimestamp"),
        ShardFilter.Read(members.Object("ShardFilter")));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (stream, after, filter) = input.NextToken is null ? Begin(input) : Continue(input, now);
        var shards = ShardFilter.Apply(filter, stream, now)
            .Where(shard => string.CompareOrdinal(shard.ShardId, after) > 0)
            .ToList();
        var limit = Math.Min(input.MaxResults ?? ResultsMax, ResultsMax);

        answer.WriteStartArray("Shards");
        foreach (var shard in shards.Take(limit))
        {
            ShardAnswer.Write(answer, shard);
        }

        answer.WriteEndArray();
        if (shards.Count > limit)
        {
            var token = new PageToken(
                Name, stream.Name, stream.Id, shards[limit - 1].ShardId, filter?.ToString() ?? "", now);
            answer.WriteString("NextToken", token.ToString());
        }

        return Task.CompletedTask;
    }

    private (StreamDescription Stream, string? After, ShardFilter? Filter) Begin(Input input)
    {
        var stream = input.Stream.Find(streams, lake);
        StreamRef.CheckCreation(stream, input.StreamCreationTimestamp, lake);
        return (stream, input.ExclusiveStartShardId, input.Filter);
    }

    private (StreamDescription Stream, string? After, ShardFilter? Filter) Continue(Input input, DateTimeOffset now)
    {
        if ((input.Stream.Name ?? input.ExclusiveStartShardId) is not null || input.StreamCreationTimestamp is not null)
        {
            throw KinesisErrors.InvalidArgument(
                "NextToken cannot be given with StreamName, ExclusiveStartShardId or StreamCreationTimestamp.");
        }

        var token = PageToken.Parse(input.NextToken!, Name, now);
        var filter = ShardFilter.Parse(token.Filter);
        if (input.Filter is not null && input.Filter != filter)
        {
            throw KinesisErrors.InvalidArgument("The NextToken was given for another ShardFilter.");
        }

        return (input.Stream.Continue(token, streams, lake), token.After, filter);
    }

    internal sealed record Input(
        StreamRef Stream,
        string? NextToken,
        string? ExclusiveStartShardId,
        int? MaxResults,
        DateTimeOffset? StreamCreationTimestamp,
        ShardFilter? Filter);
}
