using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html</summary>
internal sealed class DescribeStream(IStreams streams, LakeIdentity lake, TimeProvider time)
    : KinesisOperation<DescribeStream.Input>
{
    private const int ShardsMax = 100;

    public override string Name => "DescribeStream";

    protected override Input Read(JsonMembers members)
    {
        var stream = StreamRef.Read(members);
        return new Input(stream, members.Number("Limit", 1, 10_000), members.NameText("ExclusiveStartShardId"));
    }

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake);
        var shards = TrimHorizon.Kept(stream, time.GetUtcNow())
            .Where(shard => string.CompareOrdinal(shard.ShardId, input.ExclusiveStartShardId) > 0)
            .ToList();
        var limit = Math.Min(input.Limit ?? ShardsMax, ShardsMax);

        answer.WriteStartObject("StreamDescription");
        StreamAnswer.WriteIdentity(answer, lake, stream);
        answer.WriteStartArray("Shards");
        foreach (var shard in shards.Take(limit))
        {
            ShardAnswer.Write(answer, shard);
        }

        answer.WriteEndArray();
        answer.WriteBoolean("HasMoreShards", shards.Count > limit);
        StreamAnswer.WriteSettings(answer, stream);
        answer.WriteEndObject();
        return Task.CompletedTask;
    }

    internal sealed record Input(StreamRef Stream, int? Limit, string? ExclusiveStartShardId);
}
