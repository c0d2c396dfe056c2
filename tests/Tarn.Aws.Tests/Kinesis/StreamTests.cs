using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

public sealed class StreamTests : IAsyncLifetime
{
    private readonly AwsScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task CreateDescribeDelete_OneStream_IsThereAndGone()
    {
        await CreateAsync("scores", 2);
        (await _scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "scores", ["ShardCount"] = 1 }))
            .MustFail(HttpStatusCode.BadRequest, "ResourceInUseException");

        var described = (await _scene.KinesisAsync("DescribeStream", Named("scores"))).Ok().Json["StreamDescription"]!;
        Assert.Equal("arn:aws:kinesis:us-east-1:000000000000:stream/scores", (string)described["StreamARN"]!);
        Assert.Equal("ACTIVE", (string)described["StreamStatus"]!);
        Assert.Equal(24, (int)described["RetentionPeriodHours"]!);
        Assert.Equal(
            ["0", "170141183460469231731687303715884105728"],
            described["Shards"]!.AsArray().Select(shard => (string)shard!["HashKeyRange"]!["StartingHashKey"]!));

        (await _scene.KinesisAsync("DeleteStream", Named("scores"))).Ok();
        (await _scene.KinesisAsync("DescribeStreamSummary", Named("scores")))
            .MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException");
    }

    [Fact]
    public async Task ListStreams_InPages_GivesEachNameOnce()
    {
        foreach (var name in (string[])["c", "a", "e", "b", "d"])
        {
            await CreateAsync(name, 1);
        }

        var names = new List<string>();
        string? token = null;
        do
        {
            var input = new JsonObject { ["Limit"] = 2 };
            if (token is not null)
            {
                input["NextToken"] = token;
            }

            var page = (await _scene.KinesisAsync("ListStreams", input)).Ok().Json;
            names.AddRange(page["StreamNames"]!.AsArray().Select(name => (string)name!));
            token = (string?)page["NextToken"];
            Assert.Equal(token is not null, (bool)page["HasMoreStreams"]!);
        }
        while (token is not null);

        Assert.Equal(["a", "b", "c", "d", "e"], names);
    }

    [Fact]
    public async Task ListShards_InPages_GivesEachShardOnce()
    {
        await CreateAsync("many", 5);
        var first = Named("many");
        first["MaxResults"] = 3;

        var page = (await _scene.KinesisAsync("ListShards", first)).Ok().Json;
        var rest = (await _scene.KinesisAsync(
            "ListShards", new JsonObject { ["NextToken"] = (string)page["NextToken"]! })).Ok().Json;

        Assert.Equal(3, page["Shards"]!.AsArray().Count);
        Assert.Equal(
            ["shardId-000000000003", "shardId-000000000004"],
            rest["Shards"]!.AsArray().Select(shard => (string)shard!["ShardId"]!));
        Assert.Null(rest["NextToken"]);
    }

    [Fact]
    public async Task RetentionPeriod_UpAndDown_IsKeptAndDirectionsAreChecked()
    {
        await CreateAsync("kept", 1);

        (await _scene.KinesisAsync("IncreaseStreamRetentionPeriod", Retention("kept", 48))).Ok();
        (await _scene.KinesisAsync("IncreaseStreamRetentionPeriod", Retention("kept", 30)))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");
        (await _scene.KinesisAsync("DecreaseStreamRetentionPeriod", Retention("kept", 60)))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");

        var summary = (await _scene.KinesisAsync("DescribeStreamSummary", Named("kept"))).Ok().Json;
        Assert.Equal(48, (int)summary["StreamDescriptionSummary"]!["RetentionPeriodHours"]!);
    }

    [Fact]
    public async Task OnDemandStream_Created_StartsWithFourShards()
    {
        (await _scene.KinesisAsync("CreateStream", new JsonObject
        {
            ["StreamName"] = "demand",
            ["StreamModeDetails"] = new JsonObject { ["StreamMode"] = "ON_DEMAND" },
        })).Ok();

        var summary = (await _scene.KinesisAsync("DescribeStreamSummary", Named("demand"))).Ok().Json;
        Assert.Equal(4, (int)summary["StreamDescriptionSummary"]!["OpenShardCount"]!);
    }

    [Fact]
    public async Task GetRecords_StreamMadeAgain_RefusesTheOldIterator()
    {
        await CreateAsync("again", 1);
        var iterator = (string)(await _scene.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = "again",
            ["ShardId"] = "shardId-000000000000",
            ["ShardIteratorType"] = "LATEST",
        })).Ok().Json["ShardIterator"]!;
        (await _scene.KinesisAsync("DeleteStream", Named("again"))).Ok();
        await CreateAsync("again", 1);

        (await _scene.KinesisAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator }))
            .MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException");
    }

    private static JsonObject Named(string stream) => new() { ["StreamName"] = stream };

    private static JsonObject Retention(string stream, int hours) =>
        new() { ["StreamName"] = stream, ["RetentionPeriodHours"] = hours };

    private async Task CreateAsync(string stream, int shards) => (await _scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = shards })).Ok();
}
