using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

public sealed class ReshardTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Half = "170141183460469231731687303715884105728";
    private const string Largest = "340282366920938463463374607431768211455";

    [Fact]
    public async Task SplitShard_InTheMiddle_LeavesTwoChildrenAndTheirParent()
    {
        await CreateAsync("split", 1);
        await PutAsync("split", "old", "0");

        (await SplitAsync("split", 0, Half)).Ok();
        var number = (string)(await PutAsync("split", "new", Largest)).Json["SequenceNumber"]!;

        var shards = await ShardsAsync("split");
        Assert.Equal(
            ["-0..max x", "0-0..half-1", "0-half..max"],
            shards.Select(shard => Line(shard!)));
        var parent = shards[0]!["SequenceNumberRange"]!;
        Assert.True(Number(parent, "EndingSequenceNumber") > Number(parent, "StartingSequenceNumber"));
        Assert.True(Number(shards[2]!["SequenceNumberRange"]!, "StartingSequenceNumber") <= ulong.Parse(number));
        Assert.True(Number(parent, "EndingSequenceNumber") < ulong.Parse(number));
    }

    [Fact]
    public async Task ClosedShard_ReadToItsEnd_NamesItsChildren()
    {
        await CreateAsync("ends", 1);
        await PutAsync("ends", "last", "0");
        (await SplitAsync("ends", 0, Half)).Ok();

        var iterator = await IteratorAsync("ends", 0, "TRIM_HORIZON");
        var data = new List<string>();
        JsonNode page;
        do
        {
            page = (await scene.KinesisAsync(
                "GetRecords", new JsonObject { ["ShardIterator"] = iterator })).Ok().Json;
            data.AddRange(page["Records"]!.AsArray().Select(record => (string)record!["PartitionKey"]!));
            iterator = (string?)page["NextShardIterator"];
        }
        while (iterator is not null);

        Assert.Equal(["last"], data);
        Assert.Equal(
            ["shardId-000000000001 of shardId-000000000000", "shardId-000000000002 of shardId-000000000000"],
            page["ChildShards"]!.AsArray().Select(child =>
                $"{child!["ShardId"]} of {string.Join(',', child["ParentShards"]!.AsArray())}"));
    }

    [Fact]
    public async Task MergeShards_Adjacent_LeavesOneChildOfBoth()
    {
        await CreateAsync("merge", 2);

        (await MergeAsync("merge", 0, 1)).Ok();

        Assert.Equal(
            ["-0..half-1 x", "-half..max x", "0,1-0..max"],
            (await ShardsAsync("merge")).Select(shard => Line(shard!)));
    }

    [Fact]
    public async Task Reshard_WrongShards_AreRefusedInAwsWords()
    {
        await CreateAsync("wrong", 3);
        (await SplitAsync("wrong", 9, Half)).MustFail(
            HttpStatusCode.BadRequest,
            "ResourceNotFoundException",
            "Could not find shard shardId-000000000009 in stream wrong under account 000000000000.");
        (await SplitAsync("wrong", 0, "1")).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "NewStartingHashKey 1 used in SplitShard()");
        (await SplitAsync("wrong", 0, Largest + "0")).MustFail(HttpStatusCode.BadRequest, "ValidationException");
        (await SplitAsync("wrong", 0, "340282366920938463463374607431768211456"))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException", "over 2^128-1");
        (await SplitAsync("wrong", 0, "01")).MustFail(HttpStatusCode.BadRequest, "ValidationException");
        (await MergeAsync("wrong", 0, 2)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "are not an adjacent pair of shards eligible");
        (await MergeAsync("wrong", 1, 0)).MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");
        (await MergeAsync("wrong", 0, 1)).Ok();
        (await MergeAsync("wrong", 0, 1)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "has already been merged or split");
    }

    [Fact]
    public async Task UpdateShardCount_UpAndDown_IsEvenAndBounded()
    {
        await CreateAsync("scaled", 2);

        var up = (await ScaleAsync("scaled", 4)).Ok().Json;
        Assert.Equal((2, 4), ((int)up["CurrentShardCount"]!, (int)up["TargetShardCount"]!));
        Assert.Equal("scaled", (string)up["StreamName"]!);
        Assert.Equal(4, (await ShardsAsync("scaled")).Count(shard => !Line(shard!).EndsWith(" x")));
        (await ScaleAsync("scaled", 9)).MustFail(
            HttpStatusCode.BadRequest,
            "LimitExceededException",
            "cannot scale up over double your current open shard count. Current open shard count: 4, Target");
        (await ScaleAsync("scaled", 1)).MustFail(HttpStatusCode.BadRequest, "LimitExceededException", "below half");
        (await ScaleAsync("scaled", 10_001)).MustFail(
            HttpStatusCode.BadRequest, "LimitExceededException", "cannot be greater than 10000");
        (await ScaleAsync("scaled", 2)).Ok();

        var limits = (await scene.KinesisAsync("DescribeStreamSummary", Named("scaled"))).Ok().Json;
        Assert.Equal(2, (int)limits["StreamDescriptionSummary"]!["OpenShardCount"]!);
    }

    [Fact]
    public async Task UpdateStreamMode_OnDemandAndBack_DecidesWhoReshards()
    {
        await CreateAsync("mode", 1);

        (await ModeAsync("ON_DEMAND")).Ok();
        (await SplitAsync("mode", 0, Half)).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", "is in On-Demand mode");
        (await ScaleAsync("mode", 2)).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", "is in On-Demand mode");
        (await ModeAsync("PROVISIONED")).Ok();
        (await SplitAsync("mode", 0, Half)).Ok();

        var wanted = Mode("ON_DEMAND");
        wanted["WarmThroughputMiBps"] = 10;
        (await scene.KinesisAsync("UpdateStreamMode", wanted)).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", "WarmThroughputMiBps");
    }

    [Fact]
    public async Task ListShards_ByTime_KnowsWhenShardsOpenedAndClosed()
    {
        await CreateAsync("times", 1);
        var before = Pass();
        (await SplitAsync("times", 0, Half)).Ok();
        var between = Pass();
        (await MergeAsync("times", 1, 2)).Ok();
        var after = Pass();

        Assert.Equal("0", await FilteredAsync("AT_TIMESTAMP", before));
        Assert.Equal("1,2", await FilteredAsync("AT_TIMESTAMP", between));
        Assert.Equal("3", await FilteredAsync("AT_TIMESTAMP", after));
        Assert.Equal("0", await FilteredAsync("AT_TIMESTAMP", DateTimeOffset.UnixEpoch));
        Assert.Equal("0,1,2,3", await FilteredAsync("FROM_TIMESTAMP", before));
        Assert.Equal("1,2,3", await FilteredAsync("FROM_TIMESTAMP", between));
        Assert.Equal("3", await FilteredAsync("FROM_TIMESTAMP", after));
        Assert.Equal("0,1,2,3", await FilteredAsync("FROM_TRIM_HORIZON"));
        Assert.Equal("0", await FilteredAsync("AT_TRIM_HORIZON"));
        Assert.Equal("3", await FilteredAsync("AT_LATEST"));
    }

    [Fact]
    public async Task ExpiredShard_PastRetention_IsNeitherListedNorRead()
    {
        await CreateAsync("past", 1);
        (await SplitAsync("past", 0, Half)).Ok();
        scene.Time.Shift += TimeSpan.FromHours(25);
        try
        {
            Assert.Equal(2, (await ShardsAsync("past")).Count);
            var described = (await scene.KinesisAsync("DescribeStream", Named("past"))).Ok().Json;
            Assert.Equal(2, described["StreamDescription"]!["Shards"]!.AsArray().Count);
            (await scene.KinesisAsync("GetShardIterator", Position("past", 0, "TRIM_HORIZON")))
                .MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException", "does not exist");
        }
        finally
        {
            scene.Time.Shift = TimeSpan.Zero;
        }
    }

    [Theory]
    [InlineData("LATEST", "1", null, "InvalidArgumentException", "also a StartingSequenceNumber")]
    [InlineData("AT_SEQUENCE_NUMBER", null, null, "InvalidArgumentException", "no StartingSequenceNumber")]
    [InlineData("AT_SEQUENCE_NUMBER", "1", null, "InvalidArgumentException", "did not come from this stream")]
    [InlineData("AFTER_SEQUENCE_NUMBER", "01", null, "ValidationException", "regular expression")]
    [InlineData("AT_SEQUENCE_NUMBER", "99999999999999999999999", null, "InvalidArgumentException", "")]
    [InlineData("AT_TIMESTAMP", null, null, "InvalidArgumentException", "no timestamp parameter")]
    [InlineData("AT_TIMESTAMP", null, 9e9, "InvalidArgumentException", "cannot be greater than the currentTimestamp")]
    [InlineData("TRIM_HORIZON", null, 1.0, "InvalidArgumentException", "Timestamp cannot")]
    [InlineData("SOMEWHERE", null, null, "ValidationException", "enum value set")]
    public async Task GetShardIterator_WrongPosition_IsRefusedInAwsWords(
        string type, string? number, double? time, string code, string message)
    {
        await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "position", ["ShardCount"] = 1 });
        var input = Position("position", 0, type);
        if (number is not null)
        {
            input["StartingSequenceNumber"] = number;
        }

        if (time is not null)
        {
            input["Timestamp"] = time;
        }

        (await scene.KinesisAsync("GetShardIterator", input)).MustFail(HttpStatusCode.BadRequest, code, message);
    }

    private static JsonObject Named(string stream) => new() { ["StreamName"] = stream };

    private static string Id(int shard) => $"shardId-{shard:D12}";

    private static ulong Number(JsonNode range, string member) => ulong.Parse((string)range[member]!);

    /// <summary>Parents, hash keys and an x for a closed shard.</summary>
    private static string Line(JsonNode shard)
    {
        var parents = string.Join(',', new[] { "ParentShardId", "AdjacentParentShardId" }
            .Select(member => (string?)shard[member])
            .OfType<string>()
            .Select(id => int.Parse(id[8..])));
        var range = shard["HashKeyRange"]!;
        var closed = shard["SequenceNumberRange"]!["EndingSequenceNumber"] is null ? "" : " x";
        return $"{parents}-{range["StartingHashKey"]}..{range["EndingHashKey"]}{closed}"
            .Replace(Half, "half", StringComparison.Ordinal)
            .Replace("170141183460469231731687303715884105727", "half-1", StringComparison.Ordinal)
            .Replace(Largest, "max", StringComparison.Ordinal);
    }

    private static JsonObject Position(string stream, int shard, string type) => new()
    {
        ["StreamName"] = stream,
        ["ShardId"] = Id(shard),
        ["ShardIteratorType"] = type,
    };

    private static JsonObject Mode(string mode) => new()
    {
        ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/mode",
        ["StreamModeDetails"] = new JsonObject { ["StreamMode"] = mode },
    };

    private Task<Answer> ModeAsync(string mode) => scene.KinesisAsync("UpdateStreamMode", Mode(mode));

    private async Task CreateAsync(string stream, int shards) => (await scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = shards })).Ok();

    private async Task<Answer> PutAsync(string stream, string key, string hashKey)
    {
        var record = PutAndGetTests.Record("data", key);
        record["StreamName"] = stream;
        record["ExplicitHashKey"] = hashKey;
        return (await scene.KinesisAsync("PutRecord", record)).Ok();
    }

    private Task<Answer> SplitAsync(string stream, int shard, string hashKey) =>
        scene.KinesisAsync("SplitShard", new JsonObject
        {
            ["StreamName"] = stream,
            ["ShardToSplit"] = Id(shard),
            ["NewStartingHashKey"] = hashKey,
        });

    private Task<Answer> MergeAsync(string stream, int lower, int upper) =>
        scene.KinesisAsync("MergeShards", new JsonObject
        {
            ["StreamName"] = stream,
            ["ShardToMerge"] = Id(lower),
            ["AdjacentShardToMerge"] = Id(upper),
        });

    private Task<Answer> ScaleAsync(string stream, int target) =>
        scene.KinesisAsync("UpdateShardCount", new JsonObject
        {
            ["StreamName"] = stream,
            ["TargetShardCount"] = target,
            ["ScalingType"] = "UNIFORM_SCALING",
        });

    private async Task<JsonArray> ShardsAsync(string stream) =>
        (await scene.KinesisAsync("ListShards", Named(stream))).Ok().Json["Shards"]!.AsArray();

    private async Task<string?> IteratorAsync(string stream, int shard, string type) =>
        (string?)(await scene.KinesisAsync("GetShardIterator", Position(stream, shard, type)))
            .Ok().Json["ShardIterator"];

    /// <summary>Lets time pass on both sides of the moment that it gives back.</summary>
    private DateTimeOffset Pass()
    {
        scene.Time.Shift += TimeSpan.FromMinutes(1);
        var moment = scene.Time.GetUtcNow();
        scene.Time.Shift += TimeSpan.FromMinutes(1);
        return moment;
    }

    private async Task<string> FilteredAsync(string type, DateTimeOffset? time = null)
    {
        var filter = new JsonObject { ["Type"] = type };
        if (time is { } moment)
        {
            filter["Timestamp"] = moment.ToUnixTimeMilliseconds() / 1000.0;
        }

        var input = Named("times");
        input["ShardFilter"] = filter;
        var shards = (await scene.KinesisAsync("ListShards", input)).Ok().Json["Shards"]!.AsArray();
        return string.Join(',', shards.Select(shard => int.Parse(((string)shard!["ShardId"]!)[8..])));
    }
}
