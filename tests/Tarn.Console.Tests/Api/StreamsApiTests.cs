using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Console.Tests.Events;
using Tarn.Streams;
using Tarn.Streams.Consumers;
using Tarn.Streams.Records;

namespace Tarn.Console.Tests.Api;

/// <summary>Streams made, changed, told and followed through the API.</summary>
public sealed class StreamsApiTests(Lake lake) : IClassFixture<Lake>
{
    [Fact]
    public async Task Create_WithSettings_AnswersThemInThoseWords()
    {
        var made = await lake.PostAsync("/api/streams", new
        {
            name = "made",
            shards = 2,
            retention_hours = 48,
            durability = "os",
            limits = "aws",
            error_rate = 0.5,
            latency_ms = 5,
            max_record_kib = 2048,
            tags = new { team = "games" },
        });

        Assert.Equal(
            ("made", "provisioned", 48, "os", "aws", 2048, 2),
            (Text(made, "name"), Text(made, "mode"), Int(made, "retention_hours"), Text(made, "durability"),
                Text(made, "limits"), Int(made, "max_record_kib"), Int(made, "open_shards")));
        Assert.Equal("""{"error_rate":0.5,"latency_ms":5}""", made.GetProperty("faults").GetRawText());
        Assert.Equal("games", Text(made.GetProperty("tags"), "team"));
        Assert.Equal(made.GetRawText(), (await lake.GetAsync("/api/streams/made")).GetRawText());
    }

    [Fact]
    public async Task Patch_OfOneSetting_LeavesTheOthersAndReshardsInSteps()
    {
        await lake.PostAsync("/api/streams", new { name = "patched", retention_hours = 48 });
        using var answer = await lake.Client.PatchAsJsonAsync("/api/streams/patched", new { shards = 5 });
        var stream = await Lake.ReadAsync(answer);

        Assert.Equal((5, 48), (Int(stream, "open_shards"), Int(stream, "retention_hours")));
        Assert.Contains(
            stream.GetProperty("shards").EnumerateArray(),
            shard => shard.GetProperty("parent_shard_id").ValueKind == JsonValueKind.String);
    }

    [Theory]
    [InlineData("""{"durability":"disc"}""", "durability")]
    [InlineData("""{"shard":2}""", "shards")]
    [InlineData("""{"retention_hours":1}""", "retention of 1 hours")]
    [InlineData("""{"name":"other"}""", "name")]
    public async Task Patch_OfWhatIsNotValid_IsRefusedByName(string body, string word)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await lake.Client.PatchAsync("/api/streams/scores", content);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.Contains(word, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SplitAndMerge_OfShards_TellTheirLineage()
    {
        await lake.PostAsync("/api/streams", new { name = "cut" });
        var split = await lake.PostAsync("/api/streams/cut/split", new { shard_id = "shardId-000000000000" });
        var merged = await lake.PostAsync(
            "/api/streams/cut/merge",
            new { shard_id = "shardId-000000000001", adjacent_shard_id = "shardId-000000000002" });

        Assert.Equal((2, 3), (Int(split, "open_shards"), split.GetProperty("shards").GetArrayLength()));
        var last = merged.GetProperty("shards")[3];
        Assert.Equal(1, Int(merged, "open_shards"));
        Assert.Equal(
            ("shardId-000000000001", "shardId-000000000002"),
            (Text(last, "parent_shard_id"), Text(last, "adjacent_parent_shard_id")));
    }

    [Fact]
    public async Task Delete_OfAStream_RemovesItAndASecondTimeIsNotFound()
    {
        await lake.PostAsync("/api/streams", new { name = "gone" });
        using var first = await lake.Client.DeleteAsync("/api/streams/gone");
        using var second = await lake.Client.DeleteAsync("/api/streams/gone");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Consumers_OfAStream_AreItsViewsAndThoseRegistered()
    {
        await lake.Engines.GetRequiredService<IStreamConsumers>()
            .RegisterAsync("scores", "pushed", StreamSpec.NoTags, default);
        await lake.PutAsync("""{"user_id":"a","score":1}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });
        var consumers = (await lake.GetAsync("/api/streams/scores")).GetProperty("consumers").EnumerateArray()
            .ToDictionary(consumer => (Text(consumer, "name"), Text(consumer, "kind")));

        Assert.Equal(0, consumers[("games", "view")].GetProperty("lag_records").GetInt64());
        var pushed = consumers[("pushed", "enhanced_fan_out")];
        Assert.Equal(JsonValueKind.Null, pushed.GetProperty("lag_records").ValueKind);
    }

    [Fact]
    public async Task Events_FromTheBeginning_FollowASplitAndKeepParentsBeforeChildren()
    {
        await lake.PostAsync("/api/streams", new { name = "followed" });
        await AppendAsync("followed", "1", "2");
        await using var events = await EventReader.OpenAsync(
            lake.Client, "/api/streams/followed/events?from=trim_horizon");
        var seen = await ReadAsync(events, 2);
        await lake.PostAsync("/api/streams/followed/split", new { shard_id = "shardId-000000000000" });
        await AppendAsync("followed", "3", "4", "5");
        seen.AddRange(await ReadAsync(events, 3));

        Assert.Equal(["1", "2"], seen[..2].Select(record => record.Data));
        Assert.Equal(["3", "4", "5"], seen[2..].Select(record => record.Data).Order());
        Assert.All(seen[2..], record => Assert.NotEqual("shardId-000000000000", record.Shard));
        Assert.All(seen, record => Assert.Equal("k" + record.Data, record.Key));
    }

    [Fact]
    public async Task Events_FromATimeOfOneShard_BeginThereAndEndWithTheShard()
    {
        await lake.PostAsync("/api/streams", new { name = "timed" });
        await AppendAsync("timed", "old");
        await Task.Delay(20);
        var from = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"));
        await AppendAsync("timed", "new");
        await lake.PostAsync("/api/streams/timed/split", new { shard_id = "shardId-000000000000" });
        await using var events = await EventReader.OpenAsync(
            lake.Client, $"/api/streams/timed/events?shard=shardId-000000000000&from={from}");

        Assert.Equal(["new"], (await ReadAsync(events, 1)).Select(record => record.Data));
        Assert.Equal("end", (await events.NextAsync()).Name);
    }

    [Theory]
    [InlineData("/api/streams/scors/events", HttpStatusCode.NotFound, "did you mean 'scores'?")]
    [InlineData("/api/streams/scores/events?shard=shardId-1", HttpStatusCode.NotFound, "no shard 'shardId-1'")]
    [InlineData("/api/streams/scores/events?from=yesterday", HttpStatusCode.BadRequest, "not 'yesterday'")]
    [InlineData("/api/streams/scores/events?until=now", HttpStatusCode.BadRequest, "'until'")]
    public async Task Events_AskedForWrongly_AreRefusedByName(string path, HttpStatusCode status, string word)
    {
        using var answer = await lake.Client.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(word, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newest_OfAStream_AreRowsWithArrivalShardAndKey()
    {
        await lake.PostAsync("/api/streams", new { name = "newest" });
        await AppendAsync("newest", """{"score":7}""");
        await using var events = await EventReader.OpenAsync(
            lake.Client, "/api/streams/newest/newest/events");
        var rows = (await events.NextAsync()).Body;

        Assert.Equal(
            ["arrived", "shard", "partition key", "score"],
            rows.GetProperty("columns").EnumerateArray().Select(column => Text(column, "name")));
        Assert.Equal(7, rows.GetProperty("rows")[0][3].GetInt32());
        Assert.Equal("0", rows.GetProperty("rows")[0][1].GetString());
    }

    private async Task AppendAsync(string stream, params string[] records)
    {
        var entries = records.Select(record => new StreamEntry(
            Encoding.UTF8.GetBytes("k" + record), Encoding.UTF8.GetBytes(record)));
        var outcomes = await lake.Engines.GetRequiredService<IStreams>().AppendAsync(stream, [.. entries], default);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }

    private static async Task<List<(string Data, string Key, string Shard)>> ReadAsync(EventReader events, int count)
    {
        var records = new List<(string, string, string)>();
        while (records.Count < count)
        {
            var next = await events.NextAsync();
            Assert.Equal("records", next.Name);
            records.AddRange(next.Body.EnumerateArray().Select(record => (
                Encoding.UTF8.GetString(record.GetProperty("data").GetBytesFromBase64()),
                Text(record, "partition_key"),
                Text(record, "shard_id"))));
        }

        return records;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
