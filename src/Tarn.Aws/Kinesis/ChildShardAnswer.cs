using System.Globalization;
using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Streams;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ChildShard.html</summary>
internal static class ChildShardAnswer
{
    /// <summary>The children of a shard, as a list.</summary>
    public static void WriteAll(PooledBuffer answer, string parent, StreamDescription stream)
    {
        using var writer = new Utf8JsonWriter(answer);
        writer.WriteStartArray();
        foreach (var shard in stream.Shards)
        {
            if (shard.ParentShardId == parent || shard.AdjacentParentShardId == parent)
            {
                Write(writer, shard);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>The same in CBOR.</summary>
    public static void WriteAllCbor(PooledBuffer answer, string parent, StreamDescription stream)
    {
        using var json = new PooledBuffer(512);
        WriteAll(json, parent, stream);
        using var cbor = JsonToCbor.Translate(json.Written.Span);
        answer.Append(cbor.Written.Span);
    }

    private static void Write(Utf8JsonWriter answer, ShardDescription shard)
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
