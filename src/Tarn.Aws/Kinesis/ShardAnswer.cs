using System.Globalization;
using System.Text.Json;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Shard.html</summary>
internal static class ShardAnswer
{
    public static void Write(Utf8JsonWriter answer, ShardDescription shard)
    {
        answer.WriteStartObject();
        answer.WriteString("ShardId", shard.ShardId);
        if (shard.ParentShardId is { } parent)
        {
            answer.WriteString("ParentShardId", parent);
        }

        if (shard.AdjacentParentShardId is { } adjacent)
        {
            answer.WriteString("AdjacentParentShardId", adjacent);
        }

        answer.WriteStartObject("HashKeyRange");
        answer.WriteString("StartingHashKey", shard.StartingHashKey.ToString(CultureInfo.InvariantCulture));
        answer.WriteString("EndingHashKey", shard.EndingHashKey.ToString(CultureInfo.InvariantCulture));
        answer.WriteEndObject();
        answer.WriteStartObject("SequenceNumberRange");
        answer.WriteString("StartingSequenceNumber", shard.StartingSequenceNumber.ToString());
        if (shard.EndingSequenceNumber is { } ending)
        {
            answer.WriteString("EndingSequenceNumber", ending.ToString());
        }

        answer.WriteEndObject();
        answer.WriteEndObject();
    }
}
