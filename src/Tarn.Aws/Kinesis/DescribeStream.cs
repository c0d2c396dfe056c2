using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html</summary>
internal sealed class DescribeStream(IStreams streams, LakeIdentity lake) : KinesisOperation<DescribeStream.Input>
{
    public override string Name => "DescribeStream";

    protected override Input Read(JsonMembers members)
    {
        var stream = StreamRef.Read(members);
        return new Input(stream, members.Number("Limit", 1, 10_000), members.Text("ExclusiveStartShardId"));
    }

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake);
        var shards = stream.Shards
            .Where(shard => string.CompareOrdinal(shard.ShardId, input.ExclusiveStartShardId) > 0)
            .ToList();
        var limit = input.Limit ?? 100;

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
