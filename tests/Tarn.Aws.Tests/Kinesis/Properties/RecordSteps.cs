using System.Text;
using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>Steps that put records.</summary>
internal sealed class RecordSteps(World world)
{
    private const int LargeLength = 20_000;

    public async Task PutAsync(Step step)
    {
        var name = world.NameAt(step.A);
        if (world.Streams.GetValueOrDefault(name) is not { } stream)
        {
            await world.ExpectAsync(
                "ResourceNotFoundException",
                "PutRecord",
                ("StreamName", name),
                ("Data", ""),
                ("PartitionKey", "k"));
            return;
        }

        var entry = Entry(stream, step.B, step.C);
        var answer = await world.OkAsync(
            "PutRecord",
            ("StreamName", name),
            ("Data", Encode(entry.Data)),
            ("PartitionKey", entry.Key),
            ("ExplicitHashKey", entry.Explicit?.ToString()));
        Add(stream, entry, answer, world.Now);
    }

    public async Task PutManyAsync(Step step)
    {
        if (world.Streams.GetValueOrDefault(world.NameAt(step.A)) is not { } stream)
        {
            return;
        }

        var entries = Enumerable.Range(0, 1 + (step.C % 12))
            .Select(i => Entry(stream, step.B + (7 * i), step.C + i))
            .ToList();
        var answer = await world.OkAsync(
            "PutRecords",
            ("Records", new JsonArray([.. entries.Select(entry =>
            {
                var record = new JsonObject { ["Data"] = Encode(entry.Data), ["PartitionKey"] = entry.Key };
                if (entry.Explicit is { } key)
                {
                    record["ExplicitHashKey"] = key.ToString();
                }

                return (JsonNode)record;
            })])),
            ("StreamARN", stream.Arn));
        Mismatch.UnlessEqual("0", answer["FailedRecordCount"]!.ToString(), "FailedRecordCount");
        var rows = answer["Records"]!.AsArray();
        Mismatch.Unless(rows.Count == entries.Count, $"{rows.Count} outcomes for {entries.Count} records");
        for (var i = 0; i < entries.Count; i++)
        {
            Add(stream, entries[i], rows[i]!, world.Now);
        }
    }

    private (string Key, string Data, UInt128? Explicit) Entry(ModelStream stream, int b, int c)
    {
        var open = stream.Open;
        var shard = open[c % open.Count];
        UInt128? key = (b % 5) switch
        {
            0 => shard.From,
            1 => shard.To,
            _ => null,
        };
        var data = world.NextData();
        return ($"key \"{b % 40}\" é", b % 11 == 0 ? data.PadRight(LargeLength, '.') : data, key);
    }

    private static void Add(
        ModelStream stream, (string Key, string Data, UInt128? Explicit) entry, JsonNode row, DateTimeOffset now)
    {
        var shard = stream.OwnerOf(entry.Explicit ?? ModelStream.HashOf(entry.Key));
        Mismatch.UnlessEqual(shard.Id, (string?)row["ShardId"] ?? row.ToJsonString(), "shard of " + entry.Data);
        var number = ulong.Parse((string)row["SequenceNumber"]!);
        Mismatch.Unless(
            number >= shard.First && (shard.Records.Count == 0 || number > shard.Records[^1].Number),
            $"number {number} does not follow on {shard.Id}");
        shard.Records.Add(new ModelRecord(number, entry.Key, entry.Data, now));
    }

    private static string Encode(string data) => Convert.ToBase64String(Encoding.UTF8.GetBytes(data));
}
