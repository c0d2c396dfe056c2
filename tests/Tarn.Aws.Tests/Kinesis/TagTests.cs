using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

public sealed class TagTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task CreateStream_WithTags_KeepsThem()
    {
        await CreateAsync("born", new JsonObject { ["team"] = "a", ["cost"] = "" });

        Assert.Equal(["cost=", "team=a"], await TagsAsync("born"));
    }

    [Fact]
    public async Task AddAndRemove_SomeTags_OverwriteAndForget()
    {
        await CreateAsync("changing", new JsonObject { ["a"] = "1", ["b"] = "2" });

        (await AddAsync("changing", new JsonObject { ["b"] = "3", ["c é"] = "4/5=6" })).Ok();
        (await scene.KinesisAsync("RemoveTagsFromStream", new JsonObject
        {
            ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/changing",
            ["TagKeys"] = new JsonArray("a", "never there"),
        })).Ok();

        Assert.Equal(["b=3", "c é=4/5=6"], await TagsAsync("changing"));
    }

    [Fact]
    public async Task ListTagsForStream_InPages_GivesEachOnce()
    {
        await CreateAsync("paged", new JsonObject { ["c"] = "3", ["a"] = "1", ["b"] = "2" });

        var first = (await scene.KinesisAsync(
            "ListTagsForStream", new JsonObject { ["StreamName"] = "paged", ["Limit"] = 2 })).Ok().Json;
        var rest = (await scene.KinesisAsync("ListTagsForStream", new JsonObject
        {
            ["StreamName"] = "paged",
            ["Limit"] = 2,
            ["ExclusiveStartTagKey"] = (string)first["Tags"]![1]!["Key"]!,
        })).Ok().Json;

        Assert.Equal(["a=1", "b=2"], Pairs(first));
        Assert.True((bool)first["HasMoreTags"]!);
        Assert.Equal(["c=3"], Pairs(rest));
        Assert.False((bool)rest["HasMoreTags"]!);
    }

    [Fact]
    public async Task AddTags_FiftyFirst_IsRefusedAndNoneAdded()
    {
        await CreateAsync("full", Many(49));

        (await AddAsync("full", new JsonObject { ["x"] = "", ["y"] = "" })).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgumentException", "cannot have more than 50 tags");
        (await AddAsync("full", new JsonObject { ["x"] = "", ["key 1"] = "again" })).Ok();

        Assert.Equal(50, (await TagsAsync("full")).Length);
    }

    [Theory]
    [InlineData("aws:x", "v", "InvalidArgumentException", "aws: prefixed")]
    [InlineData("AWS:x", "v", "InvalidArgumentException", "aws: prefixed")]
    [InlineData("a#b", "v", "InvalidArgumentException", "invalid characters")]
    [InlineData("a", "v;w", "InvalidArgumentException", "invalid characters")]
    [InlineData("", "v", "ValidationException", "Map keys must satisfy")]
    public async Task AddTags_WrongTag_IsRefused(string key, string value, string code, string message)
    {
        await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "strict", ["ShardCount"] = 1 });

        (await AddAsync("strict", new JsonObject { [key] = value }))
            .MustFail(HttpStatusCode.BadRequest, code, message);
    }

    [Theory]
    [InlineData(128, 256, true)]
    [InlineData(129, 256, false)]
    [InlineData(128, 257, false)]
    public async Task AddTags_LengthsAtTheirBounds_AreChecked(int keyLength, int valueLength, bool passes)
    {
        await scene.KinesisAsync("CreateStream", new JsonObject { ["StreamName"] = "lengths", ["ShardCount"] = 1 });

        var answer = await AddAsync(
            "lengths", new JsonObject { [new string('k', keyLength)] = new string('v', valueLength) });

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
    }

    internal static string[] Pairs(JsonNode answer) =>
        [.. answer["Tags"]!.AsArray().Select(tag => $"{tag!["Key"]}={tag["Value"]}")];

    private static JsonObject Many(int count)
    {
        var tags = new JsonObject();
        for (var i = 0; i < count; i++)
        {
            tags[$"key {i}"] = "";
        }

        return tags;
    }

    private async Task CreateAsync(string stream, JsonObject tags) => (await scene.KinesisAsync(
        "CreateStream",
        new JsonObject { ["StreamName"] = stream, ["ShardCount"] = 1, ["Tags"] = tags })).Ok();

    private Task<Answer> AddAsync(string stream, JsonObject tags) => scene.KinesisAsync(
        "AddTagsToStream", new JsonObject { ["StreamName"] = stream, ["Tags"] = tags });

    private async Task<string[]> TagsAsync(string stream) => Pairs((await scene.KinesisAsync(
        "ListTagsForStream", new JsonObject { ["StreamName"] = stream })).Ok().Json);
}
