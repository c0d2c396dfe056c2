using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>Steps that read.</summary>
internal sealed class ReadSteps(World world)
{
    private const int PageMax = 4;

    public async Task GetIteratorAsync(Step step)
    {
        if (world.Streams.GetValueOrDefault(world.NameAt(step.A)) is not { } stream)
        {
            return;
        }

        var shard = stream.Shards[step.B % stream.Shards.Count];
        var records = shard.Records;
        var at = step.C % (records.Count + 1);
        var mark = world.Marks[step.C % world.Marks.Count];
        var number = at < records.Count ? records[at].Number : shard.First!.Value;
        var (type, index) = ((step.B + step.C) % 6) switch
        {
            0 => ("TRIM_HORIZON", 0),
            1 => ("LATEST", records.Count),
            2 => ("AT_SEQUENCE_NUMBER", at < records.Count ? at : 0),
            3 => ("AFTER_SEQUENCE_NUMBER", at < records.Count ? at + 1 : After(shard, number)),
            4 => ("AT_TIMESTAMP", records.TakeWhile(record => record.At < mark).Count()),
            _ => ("AT_SEQUENCE_NUMBER", -1),
        };
        var answer = await world.CallAsync(
            "GetShardIterator",
            ("StreamName", stream.Name),
            ("ShardId", shard.Id),
            ("ShardIteratorType", type),
            ("StartingSequenceNumber", !type.EndsWith("NUMBER", StringComparison.Ordinal) ? null
                : (index < 0 ? shard.First!.Value - 1 : number).ToString()),
            ("Timestamp", type == "AT_TIMESTAMP" ? mark.ToUnixTimeMilliseconds() / 1000.0 : null));
        var code = stream.IsExpired(shard, world.Now) ? "ResourceNotFoundException"
            : index < 0 ? "InvalidArgumentException"
            : null;
        var got = answer.Status == HttpStatusCode.OK ? null : answer.Code;
        Mismatch.Unless(got == code, $"GetShardIterator {type} of {shard.Id}: {answer.Text}, expected {code}");
        if (code is null)
        {
            var token = (string)answer.Json["ShardIterator"]!;
            world.Iterators.Add(new ModelIterator(token, stream, shard, index, world.Now));
        }
    }

    public async Task GetRecordsAsync(Step step)
    {
        if (world.Iterators.Count == 0)
        {
            return;
        }

        // The newest are the ones that are still good.
        var back = Math.Min(step.A % 4, world.Iterators.Count - 1);
        await GetRecordsAsync(world.Iterators[^(1 + back)], step.B % 3 == 0 ? 10_000 : 1 + (step.C % PageMax));
    }

    /// <summary>Reads every shard from its beginning to its end or tip.</summary>
    public async Task ReadAllAsync(ModelStream stream)
    {
        foreach (var shard in stream.Kept(world.Now))
        {
            var answer = await world.OkAsync(
                "GetShardIterator",
                ("StreamARN", stream.Arn),
                ("ShardId", shard.Id),
                ("ShardIteratorType", "TRIM_HORIZON"));
            var iterator = new ModelIterator((string)answer["ShardIterator"]!, stream, shard, 0, world.Now);
            var isAtEnd = false;
            while (!isAtEnd)
            {
                var next = await GetRecordsAsync(iterator, PageMax * 3);
                isAtEnd = next is null || (shard.IsOpen && next.Index == shard.Records.Count);
                iterator = next;
            }
        }
    }

    /// <summary>The iterator to read on with, or null at a shard's end or after an expected error.</summary>
    private async Task<ModelIterator?> GetRecordsAsync(ModelIterator? iterator, int limit)
    {
        var (stream, shard) = (iterator!.Stream, iterator.Shard);
        var answer = await world.CallAsync("GetRecords", ("ShardIterator", iterator.Token), ("Limit", limit));
        var isGone = world.Streams.GetValueOrDefault(stream.Name) != stream;
        var isOld = world.Now - iterator.GivenAt > ModelIterator.ValidFor;
        var got = answer.Status == HttpStatusCode.OK ? null : answer.Code;
        if (isGone || isOld)
        {
            Mismatch.Unless(
                (isGone && got == "ResourceNotFoundException") || (isOld && got == "ExpiredIteratorException"),
                $"GetRecords of {(isGone ? "a deleted stream" : "an old iterator")}: {answer.Text}");
            return null;
        }

        if (stream.IsExpired(shard, world.Now) && got == "ResourceNotFoundException")
        {
            return null;
        }

        Mismatch.Unless(got is null, $"GetRecords of {shard.Id} in {stream.Name}: {answer.Text}");
        return Compare(answer, iterator, limit);
    }

    private ModelIterator? Compare(Answer answer, ModelIterator iterator, int limit)
    {
        var (stream, shard) = (iterator.Stream, iterator.Shard);
        var expected = stream.Readable(shard, iterator.Index, world.Now);
        var json = answer.Json;
        Mismatch.UnlessEqual(
            string.Join('\n', expected.Take(limit).Select(record => $"{record.Number} {record.Key} {record.Data}")),
            string.Join('\n', json["Records"]!.AsArray().Select(record =>
                $"{record!["SequenceNumber"]} {record["PartitionKey"]} {Decode((string)record["Data"]!)}")),
            $"records of {shard.Id} in {stream.Name} from {iterator.Index} on");

        var isAtTip = expected.Count <= limit;
        var behind = (long)json["MillisBehindLatest"]!;
        Mismatch.Unless(
            isAtTip ? behind == 0 || !shard.IsOpen : behind > 0, $"MillisBehindLatest {behind} on {shard.Id}");
        var token = (string?)json["NextShardIterator"];
        Mismatch.Unless(
            token is null == (isAtTip && !shard.IsOpen), $"NextShardIterator '{token}' of {Describe(shard)}");
        if (token is null)
        {
            CompareChildren(json, iterator);
            return null;
        }

        var index = isAtTip ? shard.Records.Count : shard.Records.IndexOf(expected[limit - 1]) + 1;
        var next = iterator with { Token = token, Index = index, GivenAt = world.Now };
        world.Iterators.Add(next);
        return next;
    }

    private static void CompareChildren(JsonNode json, ModelIterator iterator)
    {
        var expected = iterator.Stream.Shards
            .Where(child => child.Parents.Contains(iterator.Shard.Index))
            .Select(child => $"{child.Id}:{child.From}..{child.To}");
        var actual = json["ChildShards"]?.AsArray().Select(child =>
            $"{child!["ShardId"]}:{child["HashKeyRange"]!["StartingHashKey"]}.."
            + child["HashKeyRange"]!["EndingHashKey"]) ?? ["none"];
        Mismatch.UnlessEqual(
            string.Join(' ', expected), string.Join(' ', actual), "children of " + iterator.Shard.Id);
    }

    /// <summary>Where reading goes on after a number that is the shard's first, whether it was given or not.</summary>
    private static int After(ModelShard shard, ulong number) =>
        shard.Records.TakeWhile(record => record.Number <= number).Count();

    private static string Describe(ModelShard shard) =>
        $"{(shard.IsOpen ? "open" : "closed")} {shard.Id} with {shard.Records.Count} records";

    private static string Decode(string data) => Encoding.UTF8.GetString(Convert.FromBase64String(data));
}
