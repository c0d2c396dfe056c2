using System.Text;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Tests.Alerts;

/// <summary>When an alert fires and resolves, and what it tells.</summary>
public sealed class AlertTests
{
    private const string Hot = "CREATE ALERT hot ON v WHEN s > 10";

    [Fact]
    public async Task Condition_HoldsAndNoLonger_FiresAndResolvesOnceEach()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.PutAsync(("ann", 5), ("bob", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await scene.PostsAsync(1);

        await scene.PutAsync(("bob", 60), ("ann", 11));
        await scene.PostsAsync(2);
        await scene.PutAsync(("bob", 1));
        var posts = await scene.PostsAsync(3);

        Assert.Equal(
            [
                ("ops", "firing", """{"user_id":"bob"}""", """{"user_id":"bob","s":50,"n":1}"""),
                ("ops", "firing", """{"user_id":"ann"}""", """{"user_id":"ann","s":11,"n":2}"""),
                ("ops", "resolved", """{"user_id":"bob"}""", """{"user_id":"bob","s":1,"n":3}"""),
            ],
            posts.Select(post => (post.Webhook, post.Text("state"), post.Json("keys"), post.Json("row"))));
        Assert.All(posts, post => Assert.Equal(
            ("hot", "default.v", "s > 10", post.Id, "alert." + post.Text("state"), "false"),
            (post.Text("alert"), post.Text("view"), post.Text("condition"), post.Text("id"), post.Text("type"),
                post.Json("reminder"))));
        Assert.Equal(3, posts.DistinctBy(post => post.Id).Count());
        Assert.Equal(posts[0].Text("since"), posts[2].Text("since"));
        var shown = await scene.UntilAsync("waiting", "0");
        Assert.Equal(
            ("default.v", "s > 10", "firing", "0", "1", null),
            (shown["view"], shown["condition"], shown["state"], shown["rows_pending"], shown["rows_firing"],
                shown["error"]));
        Assert.NotNull(shown["last_notification"]);
    }

    [Fact]
    public async Task For_FiresWhenItHasHeldForSoLong_AndNotAfterABreak()
    {
        var time = AlertScene.NewTime();
        await using var scene = await AlertScene.OpenAsync(time);
        await scene.Lake.RunAsync($"{Hot} FOR INTERVAL '2 minutes' NOTIFY ops");
        await scene.PutAsync(("ann", 50), ("bob", 50));
        await scene.UntilAsync("rows_pending", "2");

        time.Advance(TimeSpan.FromSeconds(60));
        await scene.PutAsync(("bob", 1));
        await scene.UntilAsync("rows_pending", "1");
        await scene.PutAsync(("bob", 70));
        await scene.UntilAsync("rows_pending", "2");
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("pending", (await scene.ShowAsync())["state"]);
        time.Advance(TimeSpan.FromSeconds(1));
        await scene.PostsAsync(1);
        time.Advance(TimeSpan.FromSeconds(59));
        time.Advance(TimeSpan.FromSeconds(1));
        var posts = await scene.PostsAsync(2);

        Assert.Equal(
            [
                ("""{"user_id":"ann"}""", "2026-11-24T02:00:00.000Z", "2026-11-24T02:02:00.000Z"),
                ("""{"user_id":"bob"}""", "2026-11-24T02:01:00.000Z", "2026-11-24T02:03:00.000Z"),
            ],
            posts.Select(post => (post.Json("keys"), post.Text("since"), post.Text("timestamp"))));
    }

    [Fact]
    public async Task Row_RemovedByItsTimeToLive_Resolves()
    {
        var time = AlertScene.NewTime();
        await using var scene = await AlertScene.OpenAsync(
            time, AlertScene.View.Replace("v AS", "v WITH (ttl = '1 minute') AS", StringComparison.Ordinal));
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await scene.PostsAsync(1);

        await AlertScene.AdvanceUntilAsync(time, () => Task.FromResult(scene.Webhooks.Posts.Count > 1));

        var resolved = scene.Webhooks.Posts[1];
        Assert.Equal(
            ("resolved", """{"user_id":"ann"}""", "null"),
            (resolved.Text("state"), resolved.Json("keys"), resolved.Json("row")));
    }

    [Fact]
    public async Task RepeatInterval_SaysAgainThatItFires()
    {
        var time = AlertScene.NewTime();
        await using var scene = await AlertScene.OpenAsync(time);
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops WITH (repeat_interval = '1 hour')");
        await scene.PostsAsync(1);

        time.Advance(TimeSpan.FromMinutes(59));
        time.Advance(TimeSpan.FromMinutes(1));
        var posts = await scene.PostsAsync(2);

        Assert.Equal(
            ("firing", "true", "2026-11-24T02:00:00.000Z", "2026-11-24T03:00:00.000Z"),
            (posts[1].Text("state"), posts[1].Json("reminder"), posts[1].Text("since"), posts[1].Text("timestamp")));
        Assert.NotEqual(posts[0].Id, posts[1].Id);
    }

    [Fact]
    public async Task View_WithoutKeys_IsOne()
    {
        await using var scene = await AlertScene.OpenAsync(
            view: "CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT user_id, score AS s FROM scores");
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await scene.PutAsync(("ann", 5));
        await scene.PutAsync(("bob", 50));
        await scene.PostsAsync(1);
        await scene.PutAsync(("cy", 70));
        await scene.PutAsync(("cy", 1));
        await scene.Lake.RunAsync("CREATE OR REPLACE ALERT hot ON v WHEN s > 100 NOTIFY ops");
        var posts = await scene.PostsAsync(2);

        Assert.Equal(
            [("firing", "{}", """{"user_id":"bob","s":50}"""), ("resolved", "{}", "null")],
            posts.Select(post => (post.Text("state"), post.Json("keys"), post.Json("row"))));
    }

    [Fact]
    public async Task Stream_GetsARecordPerNotification()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.Lake.Streams.CreateAsync(
            new StreamSpec { Name = "alerts", ShardCount = 1 }, CancellationToken.None);
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY STREAM 'alerts', desk");
        await scene.PutAsync(("ann", 1));
        var posts = await scene.PostsAsync(2);
        await scene.UntilAsync("waiting", "0");

        var stream = scene.Lake.Streams.Find("alerts")!;
        var records = await scene.Lake.Streams.ReadAsync(
            "alerts", stream.Shards[0].ShardId, new SequenceNumber(0), new ReadBounds(10, 1 << 20),
            CancellationToken.None);
        Assert.Equal(
            posts.Select(post => post.Body.ToJsonString()),
            records.Records.Select(record => System.Text.Json.Nodes.JsonNode.Parse(
                Encoding.UTF8.GetString(record.Data.Span))!.ToJsonString()));
    }

    [Fact]
    public async Task Condition_OfFunctionsCasesAndQualifiedNames_Holds()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.PutAsync(("ann", 50), ("bob", 3));
        await scene.Lake.RunAsync("""
            CREATE ALERT hot ON default.v WHEN
              -- all that may stand in a condition
              CASE WHEN "user_id" LIKE 'a%' THEN v.s ELSE 0 END > 10 AND s IN (49 + 1, 7) AND s BETWEEN 1 AND 50
              AND list_contains([x + 1 FOR x IN [n, 5]], 2) AND substring(user_id FROM 1 FOR 2) = 'an'
            NOTIFY "ops"
            """);

        var post = (await scene.PostsAsync(1))[0];

        Assert.Equal("""{"user_id":"ann"}""", post.Json("keys"));
    }
}
