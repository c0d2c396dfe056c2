using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

public sealed class PutAndGetTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task PutRecords_ThenGetRecords_GivesThemBackInOrder()
    {
        await CreateAsync("orders", 1);
        var records = Enumerable.Range(0, 500)
            .Select(i => Record($"payload {i}", $"key \"{i}\" é"))
            .ToArray();

        var put = (await scene.KinesisAsync("PutRecords", new JsonObject
        {
            ["Records"] = new JsonArray(records),
            ["StreamName"] = "orders",
        })).Ok().Json;

        Assert.Equal(0, (int)put["FailedRecordCount"]!);
        var numbers = put["Records"]!.AsArray().Select(row => ulong.Parse((string)row!["SequenceNumber"]!)).ToList();
        Assert.Equal(500, numbers.Count);
        Assert.Equal(numbers.Order(), numbers);

        var read = (await ReadAsync("orders", "TRIM_HORIZON")).Ok().Json;
        var got = read["Records"]!.AsArray();
        Assert.Equal(500, got.Count);
        Assert.Equal("payload 7", Decode(got[7]!));
        Assert.Equal("key \"7\" é", (string)got[7]!["PartitionKey"]!);
        Assert.Equal(numbers[7].ToString(), (string)got[7]!["SequenceNumber"]!);
        Assert.Equal(0, (long)read["MillisBehindLatest"]!);
        var arrival = DateTimeOffset.UnixEpoch.AddSeconds((double)got[7]!["ApproximateArrivalTimestamp"]!);
        Assert.InRange(arrival, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task GetRecords_LimitedAndContinued_ReadsOn()
    {
        await CreateAsync("pages", 1);
        for (var i = 0; i < 5; i++)
        {
            await PutAsync("pages", $"r{i}");
        }

        var first = (await ReadAsync("pages", "TRIM_HORIZON", limit: 2)).Ok().Json;
        var second = (await scene.KinesisAsync("GetRecords", new JsonObject
        {
            ["ShardIterator"] = (string)first["NextShardIterator"]!,
            ["Limit"] = 10,
        })).Ok().Json;

        Assert.Equal(["r0", "r1"], first["Records"]!.AsArray().Select(record => Decode(record!)));
        Assert.Equal(["r2", "r3", "r4"], second["Records"]!.AsArray().Select(record => Decode(record!)));
    }

    [Theory]
    [InlineData("AT_SEQUENCE_NUMBER", "b,c")]
    [InlineData("AFTER_SEQUENCE_NUMBER", "c")]
    public async Task GetShardIterator_BySequenceNumber_StartsThere(string type, string expected)
    {
        var stream = "at-" + type;
        await CreateAsync(stream, 1);
        await PutAsync(stream, "a");
        var number = (string)(await PutAsync(stream, "b")).Json["SequenceNumber"]!;
        await PutAsync(stream, "c");

        var read = (await ReadAsync(stream, type, number)).Ok().Json;

        Assert.Equal(expected.Split(','), read["Records"]!.AsArray().Select(record => Decode(record!)));
    }

    [Fact]
    public async Task GetShardIterator_LatestAndTimestamp_StartThere()
    {
        await CreateAsync("times", 1);
        await PutAsync("times", "old");
        var latest = await IteratorAsync("times", "LATEST");
        await PutAsync("times", "new");
        var epoch = await IteratorAsync("times", "AT_TIMESTAMP", timestamp: 1.5);

        Assert.Equal(["new"], await DataAsync(latest));
        Assert.Equal(["old", "new"], await DataAsync(epoch));
    }

    [Fact]
    public async Task GetRecords_IteratorOlderThanFiveMinutes_IsExpired()
    {
        await CreateAsync("expiry", 1);
        var iterator = await IteratorAsync("expiry", "LATEST");
        scene.Time.Shift = TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(2);
        try
        {
            (await GetAsync(iterator)).MustFail(HttpStatusCode.BadRequest, "ExpiredIteratorException");
        }
        finally
        {
            scene.Time.Shift = TimeSpan.Zero;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64 at all")]
    public async Task GetRecords_ForeignIterator_IsInvalid(string iterator) =>
        (await GetAsync(iterator)).MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");

    [Fact]
    public async Task GetRecords_IteratorWithOneLetterChanged_IsInvalid()
    {
        await CreateAsync("altered", 1);
        var iterator = (await IteratorAsync("altered", "LATEST")).ToCharArray();
        iterator[4] = iterator[4] == 'A' ? 'B' : 'A';

        (await GetAsync(new string(iterator))).MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");
    }

    [Fact]
    public async Task PutRecord_ByArnAndExplicitHashKey_GoesToTheShardThatOwnsIt()
    {
        await CreateAsync("hashed", 2);
        var record = Record("x", "k");
        record["StreamARN"] = "arn:aws:kinesis:eu-central-1:000000000000:stream/hashed";
        record["ExplicitHashKey"] = "340282366920938463463374607431768211455";

        var answer = (await scene.KinesisAsync("PutRecord", record)).Ok().Json;

        Assert.Equal("shardId-000000000001", (string)answer["ShardId"]!);
    }

    internal static JsonObject Record(string data, string key) => new()
    {
        ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(data)),
        ["PartitionKey"] = key,
    };

    private static string Decode(JsonNode record) =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)record["Data"]!));

    private async Task CreateAsync(string stream, int shards) => (await scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = shards })).Ok();

    private async Task<Answer> PutAsync(string stream, string data)
    {
        var record = Record(data, "k");
        record["StreamName"] = stream;
        return (await scene.KinesisAsync("PutRecord", record)).Ok();
    }

    private async Task<string> IteratorAsync(
        string stream, string type, string? number = null, double? timestamp = null)
    {
        var input = new JsonObject
        {
            ["StreamName"] = stream,
            ["ShardId"] = "shardId-000000000000",
            ["ShardIteratorType"] = type,
        };
        if (number is not null)
        {
            input["StartingSequenceNumber"] = number;
        }

        if (timestamp is not null)
        {
            input["Timestamp"] = timestamp;
        }

        return (string)(await scene.KinesisAsync("GetShardIterator", input)).Ok().Json["ShardIterator"]!;
    }

    private async Task<Answer> ReadAsync(string stream, string type, string? number = null, int? limit = null)
    {
        var input = new JsonObject { ["ShardIterator"] = await IteratorAsync(stream, type, number) };
        if (limit is not null)
        {
            input["Limit"] = limit;
        }

        return await scene.KinesisAsync("GetRecords", input);
    }

    private Task<Answer> GetAsync(string iterator) =>
        scene.KinesisAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator });

    private async Task<string[]> DataAsync(string iterator) =>
        [.. (await GetAsync(iterator)).Ok().Json["Records"]!.AsArray().Select(record => Decode(record!))];
}
