using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Console.Tests.Api;

/// <summary>The other engines through the API.</summary>
public sealed class EnginesApiTests(Lake lake) : IClassFixture<Lake>
{
    [Fact]
    public async Task Streams_AreListedWithShards()
    {
        var stream = (await lake.GetAsync("/api/streams")).EnumerateArray().Single();

        Assert.Equal("scores", stream.GetProperty("name").GetString());
        Assert.Equal(1, stream.GetProperty("open_shards").GetInt32());
    }

    [Fact]
    public async Task CatchUp_AfterPut_CountsEveryRecord()
    {
        var before = (await lake.GetAsync("/api/views/games")).GetProperty("records").GetInt64();
        await lake.PutAsync("""{"user_id":"a","score":1}""", """{"user_id":"b","score":2}""");
        var view = await lake.PostAsync("/api/views/games/catch-up", new { });

        Assert.Equal(before + 2, view.GetProperty("records").GetInt64());
        Assert.True(view.GetProperty("columns")[0].GetProperty("is_key").GetBoolean());
    }

    [Fact]
    public async Task View_PausedResumedAndExplained()
    {
        var paused = await lake.PostAsync("/api/views/games/pause", new { });
        var resumed = await lake.PostAsync("/api/views/games/resume", new { });
        var plan = await lake.GetAsync("/api/views/games/plan");

        Assert.Equal("paused", paused.GetProperty("phase").GetString());
        Assert.NotEqual("paused", resumed.GetProperty("phase").GetString());
        Assert.Equal("view games", plan.GetProperty("lines")[0].GetString());
    }

    [Fact]
    public async Task Sink_ListedPausedResumed()
    {
        var queries = lake.Engines.GetRequiredService<IContinuousQueries>();
        var streams = lake.Engines.GetRequiredService<IStreams>();
        await streams.CreateAsync(new StreamSpec { Name = "games-out" }, default);
        await queries.ExecuteAsync(
            "CREATE SINK out FROM games INTO STREAM 'games-out' FORMAT JSON", "default", default);

        var listed = (await lake.GetAsync("/api/sinks"))[0];
        var paused = await lake.PostAsync("/api/views/out/pause", new { });
        var resumed = await lake.PostAsync("/api/views/out/resume", new { });
        await queries.ExecuteAsync("DROP SINK out", "default", default);
        await streams.DeleteAsync("games-out", default);

        Assert.Equal(
            ("out", "games", "stream games-out"),
            (listed.GetProperty("name").GetString(), listed.GetProperty("view").GetString(),
                listed.GetProperty("target").GetString()));
        Assert.Equal("paused", paused.GetProperty("phase").GetString());
        Assert.NotEqual("paused", resumed.GetProperty("phase").GetString());
    }

    [Fact]
    public async Task Catalog_ShowsLiveViews()
    {
        var tables = (await lake.GetAsync("/api/catalog")).EnumerateArray()
            .SelectMany(database => database.GetProperty("tables").EnumerateArray());
        var view = tables.Single(table => table.GetProperty("name").GetString() == "games");

        Assert.Equal("MATERIALIZED_VIEW", view.GetProperty("type").GetString());
        Assert.Equal("user_id", view.GetProperty("columns")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Compaction_OfATableWithTheSetting_IsListedAndRuns()
    {
        var catalog = lake.Engines.GetRequiredService<ICatalog>();
        await catalog.CreateDatabaseAsync(new() { Name = "compacted" }, default);
        await catalog.CreateTableAsync(
            new Table
            {
                Name = new("compacted", "t"),
                Storage = new() { Location = "s3://lake/compacted/", SerDe = "org.openx.data.jsonserde.JsonSerDe" },
                Parameters = new Dictionary<string, string> { ["tarn.compaction.target_bytes"] = "1048576" },
            },
            default);

        var run = await lake.PostAsync("/api/compaction/compacted.t/run", new { });
        var listed = (await lake.GetAsync("/api/compaction")).EnumerateArray().Single();

        Assert.Equal(JsonValueKind.Null, run.GetProperty("error").ValueKind);
        Assert.Equal("compacted.t", listed.GetProperty("table").GetString());
        Assert.Equal((1_048_576, 15, 10), (
            listed.GetProperty("target_bytes").GetInt64(),
            listed.GetProperty("after_minutes").GetInt64(),
            listed.GetProperty("grace_minutes").GetInt64()));
    }

    [Fact]
    public async Task Delivery_OfOne_ShowsSettingsAndHowFarItIs()
    {
        var delivery = lake.Engines.GetRequiredService<IDeliveryStreams>();
        var output = new ObjectOutput { Bucket = "lake", Prefix = "shown/", BufferSeconds = 900 };
        await delivery.PutAsync(
            new DeliverySpec
            {
                Name = "shown",
                Source = new DeliverySource.DirectPut(),
                Destination = new ObjectDestination { Output = output },
            },
            default);
        await delivery.AppendAsync(
            "shown", new[] { new StreamEntry("k"u8.ToArray(), "one"u8.ToArray()) }, new AppendOutcome[1], default);

        await lake.PostAsync("/api/delivery/shown/flush", new { });
        var shown = await lake.GetAsync("/api/delivery/shown");

        var destination = shown.GetProperty("spec").GetProperty("destination");
        Assert.Equal("shown/", destination.GetProperty("output").GetProperty("prefix").GetString());
        Assert.Equal(1, shown.GetProperty("records").GetInt64());
        Assert.StartsWith("s3://lake/shown/", shown.GetProperty("last_object").GetString(), StringComparison.Ordinal);
        var shard = Assert.Single(shown.GetProperty("shards").EnumerateArray());
        Assert.False(shard.GetProperty("is_backup").GetBoolean());
    }

    [Fact]
    public async Task Dashboards_AreListedAsDeclared()
    {
        var tile = new TileSpec { Title = "Games", Kind = TileKind.Table, View = "games" };
        await lake.Engines.GetRequiredService<IDashboards>().PutAsync(
            new DashboardSpec { Name = "listed", Title = "Listed", Tiles = [tile] }, default);
        var dashboard = (await lake.GetAsync("/api/dashboards")).EnumerateArray()
            .Single(found => found.GetProperty("name").GetString() == "listed");

        Assert.Equal("table", dashboard.GetProperty("tiles")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("GET", "/api/views/gams", "did you mean 'games'?")]
    [InlineData("POST", "/api/views/none/catch-up", "none")]
    [InlineData("GET", "/api/views/none/events", "none")]
    [InlineData("GET", "/api/views/gams/details", "did you mean 'games'?")]
    [InlineData("GET", "/api/views/none/batches/events", "none")]
    [InlineData("POST", "/api/views/none/pause", "none")]
    [InlineData("POST", "/api/views/none/backfill", "none")]
    [InlineData("GET", "/api/dashboards/none/events", "none")]
    [InlineData("POST", "/api/jobs/none/run", "none")]
    [InlineData("GET", "/api/jobs/none/runs", "none")]
    [InlineData("POST", "/api/compaction/raw.none/run", "raw.none")]
    [InlineData("GET", "/api/delivery/none", "none")]
    [InlineData("POST", "/api/delivery/none/flush", "none")]
    [InlineData("GET", "/api/nothing", "GET /api/nothing")]
    [InlineData("PUT", "/api/nothing", "PUT /api/nothing")]
    public async Task Request_ForUnknownName_Is404AndNamesIt(string method, string path, string word)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await lake.Client.SendAsync(request);
        var error = (await Lake.ReadAsync(answer)).GetProperty("error");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("not_found", error.GetProperty("kind").GetString());
        Assert.Contains(word, error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/jobs")]
    [InlineData("/api/delivery")]
    [InlineData("/api/views")]
    [InlineData("/api/sql")]
    public async Task List_Always_IsAnArray(string path) =>
        Assert.Equal(JsonValueKind.Array, (await lake.GetAsync(path)).ValueKind);
}
