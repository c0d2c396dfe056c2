using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Dashboards;

namespace Tarn.Console.Tests.Events;

/// <summary>Server-sent events over the real engines: a snapshot first, then what changes.</summary>
public sealed class EventsTests(Lake lake) : IClassFixture<Lake>
{
    [Fact]
    public async Task View_Watched_GivesSnapshotThenChanges()
    {
        await lake.PutAsync("""{"user_id":"first","score":1}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });
        await using var events = await EventReader.OpenAsync(lake.Client, "/api/views/games/events?interval_ms=50");
        var (name, snapshot) = await events.NextAsync();
        Assert.Equal("snapshot", name);
        Assert.Contains("[\"first\",", snapshot.GetProperty("rows").GetRawText(), StringComparison.Ordinal);

        await lake.PutAsync("""{"user_id":"second","score":1}""", """{"user_id":"second","score":1}""");
        var changes = await events.UntilAsync(
            "changes", body => body.GetProperty("rows").GetRawText().Contains("second", StringComparison.Ordinal));
        Assert.DoesNotContain("first", changes.GetProperty("rows").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task View_WatchedFromAnEvent_GivesWhatChangedSince()
    {
        await lake.PutAsync("""{"user_id":"before","score":1}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });
        await using var first = await EventReader.OpenAsync(lake.Client, "/api/views/games/events?interval_ms=50");
        var (_, snapshot) = await first.NextAsync();
        var position = snapshot.GetProperty("position").GetString()!;
        Assert.Equal(position, first.LastId);
        await lake.PutAsync("""{"user_id":"after","score":1}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/views/games/events?interval_ms=50");
        request.Headers.Add("Last-Event-ID", position);
        await using var again = await EventReader.OpenAsync(lake.Client, request);
        var (name, changes) = await again.NextAsync();
        await using var asked = await EventReader.OpenAsync(
            lake.Client, $"/api/subscriptions?sql=SUBSCRIBE TO games AS OF VERSION '{position}'");

        Assert.Equal("changes", name);
        Assert.Contains("after", changes.GetProperty("rows").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("before", changes.GetProperty("rows").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("changes", (await asked.NextAsync()).Name);
    }

    [Fact]
    public async Task Dashboard_Watched_FeedsEveryTileOverOneConnection()
    {
        await DeclareAsync(
            "all",
            new TileSpec { Title = "view", Kind = TileKind.Bar, View = "games", X = "user_id", Y = "games" },
            new TileSpec { Title = "stream", Kind = TileKind.Table, Stream = "scores", RowsMax = 2 },
            new TileSpec { Title = "sql", Kind = TileKind.Number, Sql = "SELECT 7 AS n", Y = "n" },
            new TileSpec { Title = "no delivery", Kind = TileKind.Table, Delivery = "none" },
            new TileSpec { Title = "no column", Kind = TileKind.Bar, View = "games", X = "user_id", Y = "gmes" });
        await lake.PutAsync("""{"user_id":"x","score":1}""", """{"user_id":"y","score":2}""", """{"user_id":"z"}""");
        await using var events = await EventReader.OpenAsync(lake.Client, "/api/dashboards/all/events");
        var seen = await events.CollectAsync(["tile-0", "tile-1", "tile-2", "tile-3-failure", "tile-4-failure"]);

        Assert.Equal("[[7]]", seen["tile-2"].GetProperty("rows").GetRawText());
        Assert.Equal("""[["z",null],["y",2]]""", seen["tile-1"].GetProperty("rows").GetRawText());
        Assert.Contains("'none'", seen["tile-3-failure"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("did you mean 'games'?", seen["tile-4-failure"].GetRawText(), StringComparison.Ordinal);

        await lake.PutAsync("""{"user_id":"later","score":3}""");
        var waiting = new HashSet<string> { "tile-0", "tile-1" };
        while (waiting.Count > 0)
        {
            var (name, body) = await events.NextAsync();
            if (body.TryGetProperty("rows", out var rows)
                && rows.EnumerateArray().Any(row => row[0].ToString() == "later"))
            {
                waiting.Remove(name);
            }
        }
    }

    [Fact]
    public async Task Reconnect_GivesASnapshotAgain()
    {
        await lake.PutAsync("""{"user_id":"again","score":1}""");
        await lake.PostAsync("/api/views/games/catch-up", new { });
        for (var i = 0; i < 2; i++)
        {
            await using var events = await EventReader.OpenAsync(lake.Client, "/api/views/games/events");
            var (name, body) = await events.NextAsync();
            Assert.Equal("snapshot", name);
            Assert.Contains("again", body.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task View_Dropped_EndsTheStream()
    {
        var sql = Lake.View.Replace("VIEW games", "VIEW brief", StringComparison.Ordinal);
        await lake.PostAsync("/api/sql", new { sql });
        await using var events = await EventReader.OpenAsync(lake.Client, "/api/views/brief/events");
        await events.NextAsync();
        await lake.PostAsync("/api/sql", new { sql = "DROP MATERIALIZED VIEW brief" });
        await events.UntilAsync("end", _ => true);

        Assert.True(await events.HasEndedAsync());
    }

    private async Task DeclareAsync(string name, params TileSpec[] tiles) =>
        await lake.Engines.GetRequiredService<IDashboards>().PutAsync(
            new DashboardSpec { Name = name, Title = name, Tiles = tiles }, default);
}
