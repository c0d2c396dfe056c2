using System.Globalization;
using System.Text.Json;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ChildShard.html</summary>
internal static class ChildShardAnswer
{
    public static void Write(Utf8JsonWriter answer, ShardDescription shard)
    {
        answer.WriteStartObject();
        answer.WriteString("ShardId", shard.ShardId);
        answer.WriteStartArray("ParentShards");
        foreach (var parent in (ReadOnlySpan<string?>)[shard.ParentShardId, shard.AdjacentParentShardId])
        {
            if (parent is not null)
            {
                answer.WriteStringValue(parent);
            }
        }

        answer.WriteEndArray();
        answer.WriteStartObject("HashKeyRange");
        answer.WriteString("StartingHashKey", shard.StartingHashKey.ToString(CultureInfo.InvariantCulture));
        answer.WriteString("EndingHashKey", shard.EndingHashKey.ToString(CultureInfo.InvariantCulture));
        answer.WriteEndObject();
        answer.WriteEndObject();
    }
}
