using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Aws.Tests.Kinesis.Subscriptions;

/// <summary>SubscribeToShard over real connections.</summary>
public sealed class SubscribeToShardTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string TrimHorizon = """{"Type":"TRIM_HORIZON"}""";
    private const string Latest = """{"Type":"LATEST"}""";
    private const string Shard = "shardId-000000000000";

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    public async Task Subscribe_WhileRecordsArrive_PushesThemInOrder(int major, int minor)
    {
        var stream = $"pushed-{major}";
        var arn = await ConsumerAsync(stream);
        await PutAsync(stream, "0");
        using var subscriber = await Subscriber.OpenAsync(scene, arn, TrimHorizon, new Version(major, minor));
        Assert.Equal(new Version(major, minor), subscriber.Version);

        var received = await subscriber.TakeAsync(1);
        for (var i = 1; i < 30; i++)
        {
            await PutAsync(stream, $"{i}");
            if (i % 10 == 0)
            {
                received.AddRange(await subscriber.TakeAsync(i + 1 - received.Count));
            }
        }

        received.AddRange(await subscriber.TakeAsync(30 - received.Count));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), received);
    }

    [Fact]
    public async Task Event_HasWhatGetRecordsGives()
    {
        var arn = await ConsumerAsync("members");
        await PutAsync("members", "a");
        using var subscriber = await Subscriber.OpenAsync(scene, arn, TrimHorizon);

        var frame = await subscriber.NextFullAsync();

        Assert.Equal("application/x-amz-json-1.1", frame.Headers[":content-type"]);
        var record = frame.Json["Records"]!.AsArray().Single()!;
        Assert.Equal((await RecordsAsync("members")).Single()!.ToJsonString(), record.ToJsonString());
        Assert.Equal((string)record["SequenceNumber"]!, (string)frame.Json["ContinuationSequenceNumber"]!);
        Assert.Equal(0, (long)frame.Json["MillisBehindLatest"]!);
        Assert.Null(frame.Json["ChildShards"]);
    }

    [Fact]
    public async Task Subscribe_AtEachPosition_BeginsThere()
    {
        var arn = await ConsumerAsync("positions");
        for (var i = 0; i < 4; i++)
        {
            await PutAsync("positions", $"{i}");
            await Task.Delay(3);
        }

        var records = await RecordsAsync("positions");
        var second = (string)records[1]!["SequenceNumber"]!;
        var time = ((double)records[2]!["ApproximateArrivalTimestamp"]!).ToString("F3", CultureInfo.InvariantCulture);

        Assert.Equal("0", await FirstAsync(TrimHorizon));
        Assert.Equal("1", await FirstAsync($$"""{"Type":"AT_SEQUENCE_NUMBER","SequenceNumber":"{{second}}"}"""));
        Assert.Equal("2", await FirstAsync($$"""{"Type":"AFTER_SEQUENCE_NUMBER","SequenceNumber":"{{second}}"}"""));
        Assert.Equal("2", await FirstAsync($$"""{"Type":"AT_TIMESTAMP","Timestamp":{{time}}}"""));

        async Task<string> FirstAsync(string position)
        {
            using var subscriber = await Subscriber.OpenAsync(scene, arn, position);
            scene.Time.Shift += TimeSpan.FromSeconds(6);
            return (await subscriber.TakeAsync(1))[0];
        }
    }

    [Fact]
    public async Task Subscribe_AtLatest_SeesOnlyWhatComes()
    {
        var arn = await ConsumerAsync("latest");
        await PutAsync("latest", "before");
        using var subscriber = await Subscriber.OpenAsync(scene, arn, Latest);

        await PutAsync("latest", "after");

        Assert.Equal(["after"], await subscriber.TakeAsync(1));
    }

    [Fact]
    public async Task Subscribe_AfterTheContinuation_LosesAndRepeatsNothing()
    {
        var arn = await ConsumerAsync("continued");
        await PutAsync("continued", "a");
        string continuation;
        using (var first = await Subscriber.OpenAsync(scene, arn, TrimHorizon))
        {
            continuation = (string)(await first.NextFullAsync()).Json["ContinuationSequenceNumber"]!;
        }

        await PutAsync("continued", "b");
        scene.Time.Shift += TimeSpan.FromSeconds(6);
        using var second = await Subscriber.OpenAsync(
            scene, arn, $$"""{"Type":"AFTER_SEQUENCE_NUMBER","SequenceNumber":"{{continuation}}"}""");

        Assert.Equal(["b"], await second.TakeAsync(1));
    }

    [Fact]
    public async Task ShardThatIsSplit_EndsWithItsChildren()
    {
        var arn = await ConsumerAsync("split");
        await PutAsync("split", "a");
        using var subscriber = await Subscriber.OpenAsync(scene, arn, TrimHorizon);
        Assert.Equal(["a"], await subscriber.TakeAsync(1));

        await PutAsync("split", "b");
        (await scene.KinesisAsync("SplitShard", new JsonObject
        {
            ["StreamName"] = "split",
            ["ShardToSplit"] = Shard,
            ["NewStartingHashKey"] = BigInteger.Pow(2, 127).ToString(CultureInfo.InvariantCulture),
        })).Ok();

        var frames = new List<EventFrame>();
        while (await subscriber.NextAsync() is { } frame)
        {
            frames.Add(frame);
        }

        Assert.Equal(["b"], frames.SelectMany(frame => frame.Texts));
        var children = frames[^1].Json["ChildShards"]!.AsArray();
        Assert.Equal(
            ["shardId-000000000001", "shardId-000000000002"], children.Select(child => (string)child!["ShardId"]!));
        Assert.All(children, child => Assert.Equal(Shard, (string)child!["ParentShards"]!.AsArray().Single()!));
        Assert.Null(frames[^1].Json["ContinuationSequenceNumber"]);
        Assert.All(frames[..^1], frame => Assert.NotNull(frame.Json["ContinuationSequenceNumber"]));
    }

    [Fact]
    public async Task SecondCall_WithinFiveSeconds_IsRefusedAndTheFirstGoesOn()
    {
        var arn = await ConsumerAsync("twice");
        using var first = await Subscriber.OpenAsync(scene, arn, Latest);

        (await Subscriber.CallAsync(scene, arn, Latest))
            .MustFail(HttpStatusCode.BadRequest, "ResourceInUseException", "5 seconds ago");

        await PutAsync("twice", "a");
        Assert.Equal(["a"], await first.TakeAsync(1));
    }

    [Fact]
    public async Task SecondCall_AfterFiveSeconds_TakesOver()
    {
        var arn = await ConsumerAsync("taken");
        using var first = await Subscriber.OpenAsync(scene, arn, Latest);
        scene.Time.Shift += TimeSpan.FromSeconds(6);

        using var second = await Subscriber.OpenAsync(scene, arn, Latest);

        var last = (await first.NextAsync())!;
        Assert.Equal(("exception", "ResourceInUseException"), (last.MessageType, last.Type));
        Assert.Contains("taken over", (string)last.Json["message"]!);
        Assert.Null(await first.NextAsync());
        await PutAsync("taken", "a");
        Assert.Equal(["a"], await second.TakeAsync(1));
    }

    [Fact]
    public async Task TwoConsumersAndTwoShards_DoNotDisturbEachOther()
    {
        var one = await ConsumerAsync("shared", "one", shards: 2);
        var two = await RegisterAsync("shared", "two");
        var subscribers = new[]
        {
            await Subscriber.OpenAsync(scene, one, Latest), await Subscriber.OpenAsync(scene, one, Latest, shard: "1"),
            await Subscriber.OpenAsync(scene, two, Latest), await Subscriber.OpenAsync(scene, two, Latest, shard: "1"),
        };

        await PutAsync("shared", "low", hashKey: "0");
        await PutAsync("shared", "high", hashKey: UInt128.MaxValue.ToString(CultureInfo.InvariantCulture));

        var received = await Task.WhenAll(subscribers.Select(subscriber => subscriber.TakeAsync(1)));
        Assert.Equal(["low", "high", "low", "high"], received.SelectMany(data => data));
        Array.ForEach(subscribers, subscriber => subscriber.Dispose());
    }

    [Fact]
    public async Task ConsumerThatIsDeregistered_IsToldSoAndGetsNothingMore()
    {
        var arn = await ConsumerAsync("deregistered");
        using var subscriber = await Subscriber.OpenAsync(scene, arn, Latest);

        (await scene.KinesisAsync("DeregisterStreamConsumer", new JsonObject { ["ConsumerARN"] = arn })).Ok();
        await PutAsync("deregistered", "a");

        var last = (await subscriber.NextAsync())!;
        Assert.Equal(("exception", "ResourceNotFoundException"), (last.MessageType, last.Type));
        Assert.Null(await subscriber.NextAsync());
    }

    [Fact]
    public async Task Subscriber_HasALagAsLongAsItIsThere()
    {
        var arn = await ConsumerAsync("lagging");
        using (var subscriber = await Subscriber.OpenAsync(scene, arn, Latest))
        {
            await PutAsync("lagging", "a");
            await subscriber.TakeAsync(1);
            ConsumerLag[] none = [new("lagging", "reader", ConsumerKind.EnhancedFanOut, 0, 0)];
            Assert.Equal(none, await LagsAsync(none));
        }

        Assert.Empty(await LagsAsync([]));
    }

    [Fact]
    public async Task StreamThatIsDeleted_EndsItsSubscriptions()
    {
        var arn = await ConsumerAsync("deleted");
        using var subscriber = await Subscriber.OpenAsync(scene, arn, Latest);

        await scene.Engine<IStreams>().DeleteAsync("deleted", default);

        var last = (await subscriber.NextAsync())!;
        Assert.Equal(("exception", "ResourceNotFoundException"), (last.MessageType, last.Type));
        Assert.Null(await subscriber.NextAsync());
    }

    [Fact]
    public async Task Subscribe_InCbor_GetsEventsInCbor()
    {
        var arn = await ConsumerAsync("binary");
        await PutAsync("binary", "a");
        var body = CborValues.Write(CborValues.Map(
            ("ConsumerARN", arn), ("ShardId", Shard), ("StartingPosition", CborValues.Map(("Type", "TRIM_HORIZON")))));
        var request = scene.JsonRequest("Kinesis_20131202.SubscribeToShard", body);
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", CborCalls.ContentType);
        scene.Signer.Sign(request, "kinesis", Signer.Hash(body));

        using var message = await scene.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var stream = await message.Content.ReadAsStreamAsync();
        var first = (await EventFrame.ReadAsync(stream))!;
        var second = (await EventFrame.ReadAsync(stream))!;

        Assert.Equal("initial-response", first.Type);
        Assert.Empty(CborValues.ReadMap(first.Payload));
        Assert.Equal(CborCalls.ContentType, second.Headers[":content-type"]);
        var members = CborValues.ReadMap(second.Payload);
        var record = (Dictionary<string, object?>)((List<object?>)members["Records"]!).Single()!;
        Assert.Equal("a"u8.ToArray(), (byte[])record["Data"]!);
        Assert.Equal(record["SequenceNumber"], members["ContinuationSequenceNumber"]);
    }

    [Theory]
    [InlineData("ConsumerARN", "arn:aws:kinesis:us-east-1:000000000000:stream/wrong/consumer/other:1", "NotFound")]
    [InlineData("ConsumerARN", "arn:aws:kinesis:us-east-1:000000000000:stream/absent/consumer/c:1", "NotFound")]
    [InlineData("ConsumerARN", "reader", "Validation")]
    [InlineData("ShardId", "shardId-000000000009", "NotFound")]
    [InlineData("StreamId", "abc", "Validation")]
    public async Task Subscribe_ToWhatIsNotThere_IsAnOrdinaryError(string member, string value, string code)
    {
        var arn = scene.Engine<IStreams>().Find("wrong") is null
            ? await ConsumerAsync("wrong")
            : (string)(await scene.KinesisAsync("ListStreamConsumers", new JsonObject
            {
                ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/wrong",
            })).Json["Consumers"]![0]!["ConsumerARN"]!;
        var input = new JsonObject
        {
            ["ConsumerARN"] = arn, ["ShardId"] = Shard, ["StartingPosition"] = JsonNode.Parse(Latest),
        };
        input[member] = value;

        var answer = await scene.KinesisAsync("SubscribeToShard", input);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(code, answer.Code);
    }

    [Fact]
    public async Task HundredsOfSubscribers_OfOneShard_AllGetWhatComes()
    {
        await ConsumerAsync("crowd", "c0", shards: 20);
        var arns = new List<string>();
        for (var i = 1; i < 16; i++)
        {
            arns.Add(await RegisterAsync("crowd", $"c{i}"));
        }

        var subscribers = new List<Subscriber>();
        foreach (var arn in arns)
        {
            subscribers.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(shard =>
                Subscriber.OpenAsync(scene, arn, Latest, shard: $"{shard}"))));
        }

        var size = BigInteger.Pow(2, 128) / 20;
        for (var shard = 0; shard < 20; shard++)
        {
            await PutAsync("crowd", $"{shard}", (size * shard).ToString(CultureInfo.InvariantCulture));
        }

        var received = await Task.WhenAll(subscribers.Select(subscriber => subscriber.TakeAsync(1)));
        Assert.Equal(300, received.Length);
        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => $"{i % 20}"), received.Select(data => data.Single()));
        subscribers.ForEach(subscriber => subscriber.Dispose());
    }

    [Fact]
    public async Task ServerThatStops_EndsSubscriptionsWithoutError()
    {
        var other = new AwsScene();
        await other.InitializeAsync();
        await other.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "s", ["ShardCount"] = 1 });
        var arn = (string)(await other.KinesisAsync("RegisterStreamConsumer", new JsonObject
        {
            ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/s", ["ConsumerName"] = "c",
        })).Ok().Json["Consumer"]!["ConsumerARN"]!;
        using var subscriber = await Subscriber.OpenAsync(other, arn, Latest);

        await other.StopServerAsync();

        Assert.Null(await subscriber.NextAsync());
        await other.DisposeAsync();
    }

    /// <summary>The lags, once they are as expected or a while has passed: they follow a moment later.</summary>
    private async Task<IReadOnlyList<ConsumerLag>> LagsAsync(ConsumerLag[] expected)
    {
        for (var attempt = 0; attempt < 500 && !Lags().SequenceEqual(expected); attempt++)
        {
            await Task.Delay(20);
        }

        return [.. Lags()];

        IEnumerable<ConsumerLag> Lags() =>
            scene.Engine<IConsumerLags>().List().Where(lag => lag.Stream == "lagging");
    }

    private async Task<string> ConsumerAsync(string stream, string consumer = "reader", int shards = 1)
    {
        (await scene.KinesisAsync(
            "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = shards })).Ok();
        return await RegisterAsync(stream, consumer);
    }

    private async Task<string> RegisterAsync(string stream, string consumer) =>
        (string)(await scene.KinesisAsync("RegisterStreamConsumer", new JsonObject
        {
            ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream, ["ConsumerName"] = consumer,
        })).Ok().Json["Consumer"]!["ConsumerARN"]!;

    private async Task PutAsync(string stream, string data, string? hashKey = null)
    {
        var record = new JsonObject
        {
            ["StreamName"] = stream,
            ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(data)),
            ["PartitionKey"] = "k",
        };
        if (hashKey is not null)
        {
            record["ExplicitHashKey"] = hashKey;
        }

        (await scene.KinesisAsync("PutRecord", record)).Ok();
    }

    private async Task<JsonArray> RecordsAsync(string stream)
    {
        var iterator = await scene.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = stream, ["ShardId"] = Shard, ["ShardIteratorType"] = "TRIM_HORIZON",
        });
        return (await scene.KinesisAsync("GetRecords", new JsonObject
        {
            ["ShardIterator"] = (string)iterator.Ok().Json["ShardIterator"]!,
        })).Ok().Json["Records"]!.AsArray();
    }
}
