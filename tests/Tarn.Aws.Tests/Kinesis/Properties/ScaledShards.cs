using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>
/// How UpdateShardCount comes to its even ranges is the server's affair, so the new shards are taken from its listing
/// after they are seen to be right: numbered on, each within its parents' keys, the open ones even and without gaps.
/// </summary>
internal static class ScaledShards
{
    private const uint EvenPart = 1000;

    public static async Task AdoptAsync(ModelStream stream, int target, ShardChecks checks, DateTimeOffset now)
    {
        var listed = await checks.DescribeAsync(stream);
        foreach (var shard in listed)
        {
            var index = Number(shard["ShardId"]);
            if (index < stream.Shards.Count)
            {
                Close(stream.Shards[index!.Value], shard, now);
                continue;
            }

            Mismatch.Unless(index == stream.Shards.Count, $"{shard["ShardId"]} follows {stream.Shards[^1].Id}");
            stream.Shards.Add(Read(stream, shard, now));
        }

        CheckEven(stream, target);
    }

    private static void Close(ModelShard shard, JsonNode listed, DateTimeOffset now)
    {
        if (shard.IsOpen && listed["SequenceNumberRange"]!["EndingSequenceNumber"] is not null)
        {
            shard.ClosedAt = now;
        }
    }

    private static ModelShard Read(ModelStream stream, JsonNode listed, DateTimeOffset now)
    {
        var range = listed["HashKeyRange"]!;
        var shard = new ModelShard
        {
            Index = stream.Shards.Count,
            From = UInt128.Parse((string)range["StartingHashKey"]!),
            To = UInt128.Parse((string)range["EndingHashKey"]!),
            Parent = Number(listed["ParentShardId"]),
            AdjacentParent = Number(listed["AdjacentParentShardId"]),
            OpenedAt = now,
        };
        Close(shard, listed, now);
        var parents = shard.Parents.Select(parent => stream.Shards[parent]).OrderBy(parent => parent.From).ToList();
        Mismatch.Unless(
            parents.Count > 0
                && parents.All(parent => !parent.IsOpen)
                && parents[0].From <= shard.From
                && shard.To <= parents[^1].To
                && (parents.Count == 1 || parents[0].To + 1 == parents[1].From),
            $"{shard.Id} does not lie within its parents {string.Join('+', shard.Parents)}");
        return shard;
    }

    private static void CheckEven(ModelStream stream, int target)
    {
        var open = stream.Open;
        Mismatch.Unless(open.Count == target, $"{open.Count} shards are open instead of {target}");
        var size = UInt128.MaxValue / (UInt128)target;
        for (var i = 0; i < target; i++)
        {
            var follows = i == 0 ? open[i].From == 0 : open[i - 1].To + 1 == open[i].From;
            var length = open[i].To - open[i].From;
            var off = length > size ? length - size : size - length;
            Mismatch.Unless(follows && off <= size / EvenPart, $"{open[i].Id} is not one of {target} even shards");
        }

        Mismatch.Unless(open[^1].To == UInt128.MaxValue, $"{open[^1].Id} does not reach the last hash key");
    }

    private static int? Number(JsonNode? id) => id is null ? null : int.Parse(((string)id!)[8..]);
}
