using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>Compares what the server says of a stream with the model.</summary>
internal sealed class ShardChecks(World world)
{
    /// <summary>Shards with their ranges and lineage, and the settings.</summary>
    public async Task CompareAsync(ModelStream stream)
    {
        var shards = await DescribeAsync(stream);
        var now = world.Now;
        var kept = stream.Kept(now);
        Mismatch.UnlessEqual(
            string.Join(' ', kept.Select(Line)), string.Join(' ', shards.Select(Line)), "shards of " + stream.Name);
        for (var i = 0; i < kept.Count; i++)
        {
            CompareNumbers(stream, kept[i], shards[i]!["SequenceNumberRange"]!);
        }

        var summary = (await world.OkAsync(
            "DescribeStreamSummary", ("StreamARN", stream.Arn)))["StreamDescriptionSummary"]!;
        Mismatch.UnlessEqual(
            $"{stream.RetentionHours} {stream.Open.Count} {stream.Consumers.Count} "
                + (stream.OnDemand ? "ON_DEMAND" : "PROVISIONED"),
            $"{summary["RetentionPeriodHours"]} {summary["OpenShardCount"]} {summary["ConsumerCount"]} "
                + $"{summary["StreamModeDetails"]!["StreamMode"]}",
            "summary of " + stream.Name);
    }

    public async Task CompareTagsAsync(string arn, SortedDictionary<string, string> tags)
    {
        var listed = await world.OkAsync("ListTagsForResource", ("ResourceARN", arn));
        Mismatch.UnlessEqual(
            string.Join(';', tags.Select(tag => $"{tag.Key}={tag.Value}")),
            string.Join(';', TagTests.Pairs(listed)),
            "tags of " + arn);
    }

    public async Task CompareConsumersAsync(ModelStream stream)
    {
        var listed = await world.OkAsync("ListStreamConsumers", ("StreamARN", stream.Arn));
        Mismatch.UnlessEqual(
            string.Join(' ', stream.Consumers.Values.Select(consumer => consumer.Arn)),
            string.Join(' ', listed["Consumers"]!.AsArray().Select(consumer => consumer!["ConsumerARN"]!)),
            "consumers of " + stream.Name);
    }

    /// <summary>Every shard that DescribeStream gives, in pages.</summary>
    public async Task<List<JsonNode>> DescribeAsync(ModelStream stream)
    {
        var shards = new List<JsonNode>();
        JsonNode page;
        do
        {
            page = (await world.OkAsync(
                "DescribeStream",
                ("StreamName", stream.Name),
                ("Limit", 5),
                ("ExclusiveStartShardId", (string?)shards.LastOrDefault()?["ShardId"])))["StreamDescription"]!;
            shards.AddRange(page["Shards"]!.AsArray().Select(shard => shard!));
        }
        while ((bool)page["HasMoreShards"]!);

        return shards;
    }

    private static void CompareNumbers(ModelStream stream, ModelShard shard, JsonNode range)
    {
        var first = ulong.Parse((string)range["StartingSequenceNumber"]!);
        var last = (string?)range["EndingSequenceNumber"] is { } text ? ulong.Parse(text) : (ulong?)null;
        var what = $"{shard.Id} of {stream.Name}";
        Mismatch.Unless(first == (shard.First ??= first), $"{what} now begins at {first}, not {shard.First}");
        Mismatch.Unless(last is null == shard.IsOpen, $"{what} ends at {last}");
        if (last is not null)
        {
            Mismatch.Unless(last == (shard.Last ??= last), $"{what} now ends at {last}, not {shard.Last}");
            Mismatch.Unless(
                last >= first && shard.Records.All(record => record.Number <= last), $"{what} ends below its records");
        }

        Mismatch.Unless(
            shard.Records.All(record => record.Number >= first), $"{what} begins above its records");
        foreach (var parent in shard.Parents.Select(parent => stream.Shards[parent]))
        {
            Mismatch.Unless(!(first <= parent.Last), $"{what} begins at {first}, before {parent.Id} has ended");
        }
    }

    private static string Line(ModelShard shard) =>
        $"{shard.Id}({string.Join('+', shard.Parents)}):{shard.From}..{shard.To}{(shard.IsOpen ? "" : "x")}";

    private static string Line(JsonNode shard)
    {
        var parents = new[] { (string?)shard["ParentShardId"], (string?)shard["AdjacentParentShardId"] }
            .OfType<string>()
            .Select(id => int.Parse(id[8..]));
        var range = shard["HashKeyRange"]!;
        var closed = shard["SequenceNumberRange"]!["EndingSequenceNumber"] is null ? "" : "x";
        return $"{shard["ShardId"]}({string.Join('+', parents)}):"
            + $"{range["StartingHashKey"]}..{range["EndingHashKey"]}{closed}";
    }
}
