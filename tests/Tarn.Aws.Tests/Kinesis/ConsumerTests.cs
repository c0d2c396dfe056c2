using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

public sealed class ConsumerTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string ArnPrefix = "arn:aws:kinesis:us-east-1:000000000000:stream/";

    [Fact]
    public async Task RegisterDescribeDeregister_OneConsumer_IsThereAndGone()
    {
        await CreateAsync("fanned");

        var consumer = (await RegisterAsync("fanned", "reader")).Ok().Json["Consumer"]!;
        var arn = (string)consumer["ConsumerARN"]!;
        var seconds = (long)Math.Floor((double)consumer["ConsumerCreationTimestamp"]!);
        Assert.Equal($"{ArnPrefix}fanned/consumer/reader:{seconds}", arn);
        Assert.Equal("ACTIVE", (string)consumer["ConsumerStatus"]!);
        (await RegisterAsync("fanned", "reader"))
            .MustFail(HttpStatusCode.BadRequest, "ResourceInUseException", "already exists");

        foreach (var input in new[]
        {
            new JsonObject { ["ConsumerARN"] = arn },
            new JsonObject { ["StreamARN"] = ArnPrefix + "fanned", ["ConsumerName"] = "reader" },
            new JsonObject
            {
                ["StreamARN"] = ArnPrefix + "fanned", ["ConsumerName"] = "reader", ["ConsumerARN"] = arn,
            },
        })
        {
            var described = (await scene.KinesisAsync("DescribeStreamConsumer", input)).Ok().Json;
            Assert.Equal(arn, (string)described["ConsumerDescription"]!["ConsumerARN"]!);
            Assert.Equal(ArnPrefix + "fanned", (string)described["ConsumerDescription"]!["StreamARN"]!);
        }

        (await scene.KinesisAsync("DeregisterStreamConsumer", new JsonObject { ["ConsumerARN"] = arn })).Ok();
        (await scene.KinesisAsync("DescribeStreamConsumer", new JsonObject { ["ConsumerARN"] = arn })).MustFail(
            HttpStatusCode.BadRequest, "ResourceNotFoundException", $"Consumer {arn}, account 000000000000 not found.");
    }

    [Fact]
    public async Task Consumer_NamedWrongly_IsRefused()
    {
        await CreateAsync("named");
        await CreateAsync("other");
        var arn = (string)(await RegisterAsync("named", "reader")).Ok().Json["Consumer"]!["ConsumerARN"]!;

        foreach (var (input, code) in new (JsonObject, string)[]
        {
            (new JsonObject(), "InvalidArgumentException"),
            (new JsonObject { ["ConsumerName"] = "reader" }, "InvalidArgumentException"),
            (new JsonObject { ["StreamARN"] = ArnPrefix + "named" }, "InvalidArgumentException"),
            (new JsonObject { ["ConsumerARN"] = arn, ["ConsumerName"] = "writer" }, "InvalidArgumentException"),
            (new JsonObject { ["ConsumerARN"] = arn, ["StreamARN"] = ArnPrefix + "other" }, "InvalidArgumentException"),
            (new JsonObject { ["ConsumerARN"] = arn + "0" }, "ResourceNotFoundException"),
            (new JsonObject { ["ConsumerARN"] = ArnPrefix + "named" }, "ValidationException"),
            (new JsonObject { ["ConsumerARN"] = ArnPrefix + "absent/consumer/reader:1" }, "ResourceNotFoundException"),
            (
                new JsonObject { ["StreamARN"] = ArnPrefix + "named", ["ConsumerName"] = "a b" },
                "ValidationException"),
            (
                new JsonObject
                {
                    ["ConsumerARN"] = arn.Replace("000000000000", "111111111111", StringComparison.Ordinal),
                },
                "AccessDeniedException"),
        })
        {
            (await scene.KinesisAsync("DescribeStreamConsumer", input)).MustFail(HttpStatusCode.BadRequest, code);
        }
    }

    [Fact]
    public async Task ListStreamConsumers_InPages_GivesEachOnce()
    {
        await CreateAsync("listed");
        foreach (var name in (string[])["c", "a", "b"])
        {
            (await RegisterAsync("listed", name)).Ok();
        }

        var first = (await ListAsync(null, 2)).Ok().Json;
        var rest = (await ListAsync((string)first["NextToken"]!, 2)).Ok().Json;

        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal(["c"], Names(rest));
        Assert.Null(rest["NextToken"]);
        (await ListAsync("rubbish", 2)).MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException");
    }

    [Fact]
    public async Task RegisterStreamConsumer_TwentyFirst_IsOverTheLimit()
    {
        await CreateAsync("crowded");
        for (var i = 0; i < 20; i++)
        {
            (await RegisterAsync("crowded", $"reader-{i}")).Ok();
        }

        (await RegisterAsync("crowded", "one-more")).MustFail(HttpStatusCode.BadRequest, "LimitExceededException");
        var summary = (await scene.KinesisAsync(
            "DescribeStreamSummary", new JsonObject { ["StreamName"] = "crowded" })).Ok().Json;
        Assert.Equal(20, (int)summary["StreamDescriptionSummary"]!["ConsumerCount"]!);
    }

    [Fact]
    public async Task DeleteStream_WithConsumers_NeedsTheirDeletionToBeEnforced()
    {
        await CreateAsync("used");
        var arn = (string)(await RegisterAsync("used", "reader")).Ok().Json["Consumer"]!["ConsumerARN"]!;

        (await DeleteAsync(null)).MustFail(
            HttpStatusCode.BadRequest, "ResourceInUseException", "DeleteStream can\\u0027t delete 000000000000:used");
        (await DeleteAsync(enforce: false)).MustFail(HttpStatusCode.BadRequest, "ResourceInUseException");
        (await DeleteAsync(enforce: true)).Ok();
        await CreateAsync("used");

        (await scene.KinesisAsync("DescribeStreamConsumer", new JsonObject { ["ConsumerARN"] = arn }))
            .MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException");
        (await DeleteAsync(null)).Ok();
    }

    [Fact]
    public async Task Tags_OfStreamAndConsumer_AreApart()
    {
        await CreateAsync("tagged");
        var stream = ArnPrefix + "tagged";
        var registered = (await RegisterAsync("tagged", "reader", new JsonObject { ["of"] = "consumer" })).Ok().Json;
        var consumer = (string)registered["Consumer"]!["ConsumerARN"]!;

        (await TagAsync(stream, new JsonObject { ["of"] = "stream", ["x"] = "1" })).Ok();
        (await TagAsync(consumer, new JsonObject { ["y"] = "2" })).Ok();
        (await scene.KinesisAsync("UntagResource", new JsonObject
        {
            ["ResourceARN"] = stream,
            ["TagKeys"] = new JsonArray("x", "y"),
        })).Ok();

        Assert.Equal(["of=stream"], await TagsAsync(stream));
        Assert.Equal(["of=consumer", "y=2"], await TagsAsync(consumer));
        (await TagAsync(consumer, new JsonObject { ["aws:x"] = "" }))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException", "aws: prefixed");
        (await TagAsync(consumer + "1", new JsonObject { ["x"] = "" }))
            .MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException");
        (await TagAsync(ArnPrefix + "absent", new JsonObject { ["x"] = "" }))
            .MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException");
        (await TagAsync("nonsense", new JsonObject { ["x"] = "" }))
            .MustFail(HttpStatusCode.BadRequest, "ValidationException");
    }

    private static string[] Names(JsonNode page) =>
        [.. page["Consumers"]!.AsArray().Select(consumer => (string)consumer!["ConsumerName"]!)];

    private async Task CreateAsync(string stream) => (await scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = 1 })).Ok();

    private Task<Answer> RegisterAsync(string stream, string name, JsonObject? tags = null)
    {
        var input = new JsonObject { ["StreamARN"] = ArnPrefix + stream, ["ConsumerName"] = name };
        if (tags is not null)
        {
            input["Tags"] = tags;
        }

        return scene.KinesisAsync("RegisterStreamConsumer", input);
    }

    private Task<Answer> ListAsync(string? token, int limit)
    {
        var input = new JsonObject { ["StreamARN"] = ArnPrefix + "listed", ["MaxResults"] = limit };
        if (token is not null)
        {
            input["NextToken"] = token;
        }

        return scene.KinesisAsync("ListStreamConsumers", input);
    }

    private Task<Answer> DeleteAsync(bool? enforce)
    {
        var input = new JsonObject { ["StreamName"] = "used" };
        if (enforce is not null)
        {
            input["EnforceConsumerDeletion"] = enforce;
        }

        return scene.KinesisAsync("DeleteStream", input);
    }

    private Task<Answer> TagAsync(string arn, JsonObject tags) =>
        scene.KinesisAsync("TagResource", new JsonObject { ["Tags"] = tags, ["ResourceARN"] = arn });

    private async Task<string[]> TagsAsync(string arn) => TagTests.Pairs((await scene.KinesisAsync(
        "ListTagsForResource", new JsonObject { ["ResourceARN"] = arn })).Ok().Json);
}
