using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests.Alerts;

/// <summary>Alerts whose view is paused, fails, is replaced or dropped, and alerts that are replaced.</summary>
public sealed class AlertViewTests
{
    private const string Hot = "CREATE ALERT hot ON v WHEN s > 10 NOTIFY ops";

    [Fact]
    public async Task Paused_IsSaid_AndNothingFiresOrResolvesUntilItCountsAgain()
    {
        var time = AlertScene.NewTime();
        await using var scene = await AlertScene.OpenAsync(time);
        await scene.Lake.RunAsync(
            "CREATE ALERT hot ON v WHEN s > 10 FOR INTERVAL '1 minute' NOTIFY ops");
        await scene.PutAsync(("ann", 50), ("bob", 50));
        await scene.UntilAsync("rows_pending", "2");

        await scene.Lake.Engine.PauseAsync("v", default);
        await scene.Lake.PutAsync("""{"user_id":"bob","score":1}""");
        time.Advance(TimeSpan.FromMinutes(5));
        var paused = await scene.ShowAsync();
        await scene.Lake.Engine.ResumeAsync("v", default);
        await AlertScene.AdvanceUntilAsync(time, () => Task.FromResult(scene.Webhooks.Posts.Count > 0));

        Assert.Equal(
            ("pending", "materialized view 'v' is paused"), (paused["state"], paused["error"]));
        Assert.Equal("""{"user_id":"ann"}""", Assert.Single(scene.Webhooks.Posts).Json("keys"));
        await scene.UntilAsync("rows_pending", "0");
    }

    [Fact]
    public async Task Failed_IsSaid_AndWhatFiresStays()
    {
        await using var scene = await AlertScene.OpenAsync(
            view: AlertScene.View.Replace("v AS", "v WITH (state_rows_max = 2) AS", StringComparison.Ordinal));
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync(Hot);
        await scene.PostsAsync(1);

        await scene.Lake.PutAsync(
            """{"user_id":"ann","score":1}""", """{"user_id":"b","score":1}""", """{"user_id":"c","score":1}""");
        var shown = await scene.UntilAsync("error",
            "materialized view 'v' has stopped: the view holds 3 groups, rows or values, and 2 are allowed");
        Assert.Equal("firing", shown["state"]);
        await scene.Lake.RunAsync("ALTER MATERIALIZED VIEW v SET (state_rows_max = 5)");
        var posts = await scene.PostsAsync(2);

        Assert.Equal(["firing", "resolved"], posts.Select(post => post.Text("state")));
        Assert.Null((await scene.UntilAsync("error", null))["error"]);
    }

    [Fact]
    public async Task Drop_OfAWatchedView_IsRefusedNamingTheAlert()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.Lake.RunAsync(Hot);

        var refusal = await Assert.ThrowsAsync<TarnException>(
            () => scene.Lake.RunAsync("DROP MATERIALIZED VIEW v"));

        Assert.Equal(
            (ErrorKind.Conflict, "materialized view 'v' is watched by alert 'hot'", "drop the alert first"),
            (refusal.Kind, refusal.Message, refusal.Hint));
        Assert.Equal("dropped alert hot", await scene.Lake.RunAsync("DROP ALERT hot"));
        Assert.Equal("alert hot does not exist", await scene.Lake.RunAsync("DROP ALERT IF EXISTS hot"));
        Assert.Equal("dropped materialized view v", await scene.Lake.RunAsync("DROP MATERIALIZED VIEW v"));
    }

    [Fact]
    public async Task Replace_TakingAColumnOfTheCondition_IsRefused_AndAnotherIsFollowed()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync(Hot);
        await scene.PostsAsync(1);

        var refusal = await Assert.ThrowsAsync<TarnException>(() => scene.Lake.RunAsync(
            "CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT user_id, last(score) AS points FROM scores GROUP BY 1"));
        await scene.Lake.RunAsync(
            "CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT user_id, last(score) - 45 AS s FROM scores GROUP BY 1");
        var posts = await scene.PostsAsync(2);

        Assert.Equal("materialized view 'v' is watched by alert 'hot'", refusal.Message);
        Assert.Equal(
            "with the new columns its condition s > 10 fails: materialized view 'v' has no column 's'",
            refusal.Detail);
        Assert.Equal(("resolved", """{"user_id":"ann","s":5}"""), (posts[1].Text("state"), posts[1].Json("row")));
    }

    [Fact]
    public async Task Replace_OfAnAlert_GoesOnWithWhatFires_AndForgetsTargetsItNoLongerHas()
    {
        await using var scene = await AlertScene.OpenAsync();
        scene.Webhooks.Answer = (post, _) => post.Webhook == "ops"
            ? new ContinuousQueries.Webhooks.WebhookRefused("no", MayPass: false)
            : new ContinuousQueries.Webhooks.WebhookAccepted();
        await scene.PutAsync(("ann", 50), ("bob", 20));
        await scene.Lake.RunAsync(Hot);
        await scene.UntilAsync("waiting", "2");

        var refusal = await Assert.ThrowsAsync<TarnException>(
            () => scene.Lake.RunAsync("CREATE ALERT hot ON v WHEN s > 30 NOTIFY desk"));
        Assert.Equal("alert 'hot' exists with another definition", refusal.Message);
        Assert.Equal("alert hot exists", await scene.Lake.RunAsync(
            "CREATE ALERT IF NOT EXISTS hot ON v WHEN s > 30 NOTIFY desk"));
        Assert.Equal("replaced alert hot", await scene.Lake.RunAsync(
            "CREATE OR REPLACE ALERT hot ON v WHEN s > 30 NOTIFY desk"));
        await scene.UntilAsync("rows_firing", "1");
        await scene.UntilAsync("waiting", "0");

        var told = Assert.Single(scene.Webhooks.Posts, post => post.Webhook == "desk");
        Assert.Equal(("resolved", """{"user_id":"bob"}"""), (told.Text("state"), told.Json("keys")));
    }

    [Fact]
    public async Task Show_Describe_ShowCreate_SayWhatTheAlertIs()
    {
        var time = AlertScene.NewTime();
        await using var scene = await AlertScene.OpenAsync(time);
        await scene.Lake.RunAsync("""
            create alert Hot on V when s > 10
              and n < 5 for interval '90 seconds' notify OPS, stream 'scores' with (repeat_interval = '2 hours')
            """);
        await scene.PutAsync(("ann", 50));
        await scene.UntilAsync("rows_pending", "1");

        var created = string.Join(
            '\n', (await scene.Lake.ReadAsync("SHOW CREATE ALERT hot")).Rows.Select(row => row[0]));
        var described = await scene.Lake.ReadAsync("DESCRIBE ALERT hot");

        Assert.Equal(
            """
            CREATE ALERT hot ON default.v
            WHEN s > 10
              and n < 5
            FOR INTERVAL '90 seconds'
            NOTIFY ops, STREAM 'scores' WITH (repeat_interval = '2 hours')
            """,
            created);
        Assert.Equal("replaced alert hot",
            await scene.Lake.RunAsync(created.Replace("CREATE ALERT", "CREATE OR REPLACE ALERT")));
        Assert.Equal("alert hot is unchanged", await scene.Lake.RunAsync(created));
        Assert.Equal(
            [
                "view|view|default.v", "condition|condition|s > 10\n  and n < 5", "for|for|90 seconds",
                "notify|webhook|ops", "notify|stream|scores", "option|repeat_interval|2 hours",
                """pending|{"user_id":"ann"}|2026-11-24T02:00:00.000Z""",
            ],
            described.Rows.Select(row => string.Join('|', row)));
        await scene.UntilAsync("error", null);
        Assert.Equal("hot\tdefault.v\ts > 10   and n < 5\tpending\t1\t0\t0\t\t",
            await scene.Lake.RunAsync("SHOW ALERTS"));
    }
}
