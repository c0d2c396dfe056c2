using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

/// <summary>Pages of shards and streams, and their tokens.</summary>
public sealed class ListingTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string ArnPrefix = "arn:aws:kinesis:us-east-1:000000000000:stream/";

    [Fact]
    public async Task ListShards_TokenOfAFilteredPage_KeepsTheFilter()
    {
        await CreateAsync("filtered", 6);

        var page = (await ListAsync(new JsonObject
        {
            ["StreamName"] = "filtered",
            ["MaxResults"] = 2,
            ["ShardFilter"] = new JsonObject { ["Type"] = "AFTER_SHARD_ID", ["ShardId"] = "shardId-000000000001" },
        })).Ok().Json;
        var rest = (await ListAsync(new JsonObject
        {
            ["NextToken"] = (string)page["NextToken"]!,
            ["StreamARN"] = ArnPrefix + "filtered",
        })).Ok().Json;

        Assert.Equal([2, 3], Numbers(page));
        Assert.Equal([4, 5], Numbers(rest));
    }

    [Fact]
    public async Task ListShards_TokenWithSomethingElse_IsRefused()
    {
        await CreateAsync("tokens", 3);
        await CreateAsync("others", 1);
        var token = await TokenAsync("tokens");

        foreach (var (member, value) in new (string, JsonNode)[]
        {
            ("StreamName", "tokens"),
            ("StreamARN", ArnPrefix + "others"),
            ("ExclusiveStartShardId", "shardId-000000000000"),
            ("StreamCreationTimestamp", 1),
            ("ShardFilter", new JsonObject { ["Type"] = "AT_LATEST" }),
        })
        {
            (await ListAsync(new JsonObject { ["NextToken"] = token, [member] = value }))
                .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException", "NextToken");
        }
    }

    [Fact]
    public async Task ListShards_OldOrForeignToken_IsRefused()
    {
        await CreateAsync("expiring", 3);
        var token = await TokenAsync("expiring");
        var iterator = (string)(await scene.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = "expiring",
            ["ShardId"] = "shardId-000000000000",
            ["ShardIteratorType"] = "LATEST",
        })).Ok().Json["ShardIterator"]!;

        (await ListAsync(new JsonObject { ["NextToken"] = iterator }))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");
        (await scene.KinesisAsync("GetRecords", new JsonObject { ["ShardIterator"] = token }))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");
        scene.Time.Shift = TimeSpan.FromSeconds(302);
        try
        {
            (await ListAsync(new JsonObject { ["NextToken"] = token }))
                .MustFail(HttpStatusCode.BadRequest, "ExpiredNextTokenException");
        }
        finally
        {
            scene.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task ListShards_CreationTime_TellsStreamsOfOneNameApart()
    {
        await CreateAsync("same", 1);
        var summary = (await scene.KinesisAsync("DescribeStreamSummary", Named("same"))).Ok().Json;
        var created = (double)summary["StreamDescriptionSummary"]!["StreamCreationTimestamp"]!;

        (await ListAsync(Created(created))).Ok();
        (await ListAsync(Created(Math.Floor(created)))).Ok();
        (await ListAsync(Created(created - 2))).MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException");

        static JsonObject Created(double time) =>
            new() { ["StreamName"] = "same", ["StreamCreationTimestamp"] = time };
    }

    [Theory]
    [InlineData("""{"Type":"AFTER_SHARD_ID"}""", "InvalidArgumentException", "needs a ShardId")]
    [InlineData("""{"Type":"AT_TIMESTAMP"}""", "InvalidArgumentException", "needs a Timestamp")]
    [InlineData("""{"Type":"FROM_TIMESTAMP"}""", "InvalidArgumentException", "needs a Timestamp")]
    [InlineData("""{"Type":"AT_LATEST","Timestamp":1}""", "InvalidArgumentException", "Timestamp cannot")]
    [InlineData("""{"Type":"AT_LATEST","ShardId":"a"}""", "InvalidArgumentException", "ShardId cannot")]
    [InlineData("""{"Type":"SOMETIME"}""", "ValidationException", "shardFilter.type")]
    [InlineData("{}", "ValidationException", "shardFilter.type")]
    [InlineData("""{"Type":"AT_TIMESTAMP","Timestamp":"now"}""", "SerializationException", "shardFilter.timestamp")]
    [InlineData("""{"Type":"AT_TIMESTAMP","Timestamp":-1}""", "SerializationException", "shardFilter.timestamp")]
    public async Task ListShards_WrongFilter_IsRefused(string filter, string code, string message)
    {
        await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "wrong", ["ShardCount"] = 1 });

        (await ListAsync(new JsonObject { ["StreamName"] = "wrong", ["ShardFilter"] = JsonNode.Parse(filter) }))
            .MustFail(HttpStatusCode.BadRequest, code, message);
    }

    [Fact]
    public async Task DescribeStream_ManyShards_PagesByAtMostOneHundred()
    {
        await CreateAsync("wide", 103);

        var first = await DescribeAsync(new JsonObject { ["StreamName"] = "wide", ["Limit"] = 10_000 });
        var rest = await DescribeAsync(new JsonObject
        {
            ["StreamName"] = "wide",
            ["ExclusiveStartShardId"] = (string)first["Shards"]![99]!["ShardId"]!,
        });

        Assert.Equal(Enumerable.Range(0, 100), Numbers(first));
        Assert.True((bool)first["HasMoreShards"]!);
        Assert.Equal([100, 101, 102], Numbers(rest));
        Assert.False((bool)rest["HasMoreShards"]!);
    }

    [Fact]
    public async Task ListStreams_AfterAName_BeginsBehindIt()
    {
        await CreateAsync("zz1", 1);
        await CreateAsync("zz2", 1);

        var page = (await scene.KinesisAsync(
            "ListStreams", new JsonObject { ["ExclusiveStartStreamName"] = "zz1" })).Ok().Json;

        Assert.Equal("zz2", (string)Assert.Single(page["StreamNames"]!.AsArray())!);
        Assert.Equal(ArnPrefix + "zz2", (string)page["StreamSummaries"]![0]!["StreamARN"]!);
        Assert.False((bool)page["HasMoreStreams"]!);
    }

    private static JsonObject Named(string stream) => new() { ["StreamName"] = stream };

    private static int[] Numbers(JsonNode page) =>
        [.. page["Shards"]!.AsArray().Select(shard => int.Parse(((string)shard!["ShardId"]!)[8..]))];

    private async Task<string> TokenAsync(string stream) => (string)(await ListAsync(
        new JsonObject { ["StreamName"] = stream, ["MaxResults"] = 1 })).Ok().Json["NextToken"]!;

    private Task<Answer> ListAsync(JsonObject input) => scene.KinesisAsync("ListShards", input);

    private async Task<JsonNode> DescribeAsync(JsonObject input) =>
        (await scene.KinesisAsync("DescribeStream", input)).Ok().Json["StreamDescription"]!;

    private async Task CreateAsync(string stream, int shards) => (await scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = shards })).Ok();
}
