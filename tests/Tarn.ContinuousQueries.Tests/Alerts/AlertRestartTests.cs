using Tarn.ContinuousQueries.Webhooks;
using Tarn.Testing;

namespace Tarn.ContinuousQueries.Tests.Alerts;

/// <summary>Stops, crashes and receivers that fail: what was told is not told again, what was not is.</summary>
public sealed class AlertRestartTests
{
    private const string Hot = "CREATE ALERT hot ON v WHEN s > 10";

    [Fact]
    public async Task Restart_WhileFiring_TellsNothingAgain()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.PutAsync(("ann", 50), ("bob", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await scene.PostsAsync(2);
        await scene.UntilAsync("waiting", "0");
        var before = await scene.ShowAsync();

        await scene.Lake.RestartAsync();
        Assert.Equal(before["last_notification"], (await scene.UntilAsync("error", null))["last_notification"]);
        await scene.Lake.CrashAsync();
        await scene.UntilAsync("error", null);
        await scene.PutAsync(("bob", 1));
        var posts = await scene.PostsAsync(3);

        Assert.Equal(["firing", "firing", "resolved"], posts.Select(post => post.Text("state")));
        Assert.Equal(
            posts.Single(post => post.Text("state") == "firing" && post.Json("keys").Contains("bob")).Text("since"),
            posts[2].Text("since"));
    }

    [Fact]
    public async Task Crash_ReplayedRecords_AreNoNews()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.PutAsync(("ann", 1));
        await scene.Lake.RestartAsync();
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await scene.PostsAsync(1);

        // The snapshot says 1; the replay gives 50 again.
        await scene.Lake.CrashAsync();
        await scene.UntilAsync("error", null);
        await scene.PutAsync(("bob", 50));
        var posts = await scene.PostsAsync(2);

        Assert.Equal(["firing", "firing"], posts.Select(post => post.Text("state")));
        Assert.Equal("""{"user_id":"bob"}""", posts[1].Json("keys"));
    }

    [Fact]
    public async Task Restart_WhilePending_CountsFromWhereItBegan()
    {
        var time = AlertScene.NewTime();
        await using var scene = await AlertScene.OpenAsync(time);
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} FOR INTERVAL '2 minutes' NOTIFY ops");
        await scene.UntilAsync("rows_pending", "1");
        time.Advance(TimeSpan.FromSeconds(90));

        await scene.Lake.CrashAsync();
        await scene.UntilAsync("error", null);
        Assert.Equal("1", (await scene.ShowAsync())["rows_pending"]);
        time.Advance(TimeSpan.FromSeconds(30));
        var post = (await scene.PostsAsync(1))[0];

        Assert.Equal(
            ("2026-11-24T02:00:00.000Z", "2026-11-24T02:02:00.000Z"), (post.Text("since"), post.Text("timestamp")));
    }

    [Theory]
    [InlineData("apply:before:", 2)]
    [InlineData("apply:after:", 1)]
    public async Task Crash_BetweenSendAndItsBeingWritten_SendsAgainWithTheSameId(string step, int posted)
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.PutAsync(("ann", 50));
        var faults = Faults.StopAt(point =>
            point.StartsWith(step, StringComparison.Ordinal) && point.Contains("alert-progress/"));
        scene.Lake.Wrap = store => new FaultyMetadataStore(store, faults);
        await scene.Lake.RestartAsync();
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await faults.Hit.WaitAsync(TimeSpan.FromSeconds(20));

        scene.Lake.Wrap = store => store;
        await scene.Lake.CrashAsync();
        await scene.UntilAsync("waiting", "0");
        await scene.PutAsync(("bob", 50));
        var posts = await scene.PostsAsync(posted + 1);

        Assert.Equal(2, posts.DistinctBy(post => post.Id).Count());
        Assert.Equal("""{"user_id":"bob"}""", posts[posted].Json("keys"));
    }

    [Fact]
    public async Task Crash_BeforeTheTransitionIsWritten_FiresAfterwards()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.PutAsync(("ann", 50));
        var faults = Faults.StopAt(point => point.Contains("apply:before:alert-row/"));
        scene.Lake.Wrap = store => new FaultyMetadataStore(store, faults);
        await scene.Lake.RestartAsync();
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await faults.Hit.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(scene.Webhooks.Posts);

        scene.Lake.Wrap = store => store;
        await scene.Lake.CrashAsync();

        Assert.Equal("firing", (await scene.PostsAsync(1))[0].Text("state"));
    }

    [Fact]
    public async Task Receiver_ThatMayRecover_IsTriedAgainWithTheSameId()
    {
        var time = AlertScene.NewTime();
        await using var scene = await AlertScene.OpenAsync(time);
        scene.Webhooks.Answer = (_, before) => before < 2
            ? new WebhookRefused("it answered 503", MayPass: true) { RetryAfter = TimeSpan.FromSeconds(90) }
            : new WebhookAccepted();
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await scene.UntilAsync("error", "webhook 'ops': it answered 503; 1 notification(s) wait");

        await AlertScene.AdvanceUntilAsync(time, () => Task.FromResult(scene.Webhooks.Posts.Count >= 3));

        Assert.Single(scene.Webhooks.Posts.DistinctBy(post => post.Id));
        Assert.True(time.GetUtcNow() - AlertScene.NewTime().GetUtcNow() >= TimeSpan.FromSeconds(180));
        await scene.UntilAsync("error", null);
        Assert.Equal("0", (await scene.ShowAsync())["waiting"]);
    }

    [Fact]
    public async Task Receiver_ThatRefusesForGood_IsSaid_AndHoldsUpNoOther_UntilTheAlertIsCreatedAgain()
    {
        await using var scene = await AlertScene.OpenAsync();
        scene.Webhooks.Answer = (post, _) => post.Webhook == "ops"
            ? new WebhookRefused("it answered 404: no such hook", MayPass: false) : new WebhookAccepted();
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops, desk");
        await scene.UntilAsync("error",
            "webhook 'ops': it answered 404: no such hook; 1 notification(s) wait and are not tried again");
        await scene.PutAsync(("bob", 50));
        var refused = await scene.PostsAsync(3);
        await scene.UntilAsync("waiting", "2");

        scene.Webhooks.Answer = (_, _) => new WebhookAccepted();
        Assert.Equal("resumed alert hot", await scene.Lake.RunAsync($"{Hot} NOTIFY ops, desk"));
        var posts = await scene.PostsAsync(5);
        await scene.UntilAsync("waiting", "0");

        Assert.Equal(["desk", "desk", "ops"], refused.Select(post => post.Webhook).Order());
        Assert.Equal(
            posts.Where(post => post.Webhook == "desk").Select(post => post.Id),
            posts.Where(post => post.Webhook == "ops").Skip(1).Select(post => post.Id));
        Assert.Equal("alert hot is unchanged", await scene.Lake.RunAsync($"{Hot} NOTIFY ops, desk"));
    }

    [Fact]
    public async Task Webhook_NoLongerNamedAfterARestart_IsSaid_AndWhatWaitsStays()
    {
        await using var scene = await AlertScene.OpenAsync();
        scene.Webhooks.Answer = (_, _) => new WebhookRefused("it answered 500", MayPass: true);
        await scene.PutAsync(("ann", 50));
        await scene.Lake.RunAsync($"{Hot} NOTIFY ops");
        await scene.PostsAsync(1);
        scene.Webhooks.Answer = (_, _) => new WebhookRefused("not named", MayPass: false);
        await scene.Lake.RestartAsync();
        await scene.UntilAsync("error", "webhook 'ops': not named; 1 notification(s) wait and are not tried again");

        scene.Webhooks.Answer = (_, _) => new WebhookAccepted();
        await scene.Lake.RestartAsync();
        await scene.UntilAsync("waiting", "0");

        Assert.Single(scene.Webhooks.Posts.DistinctBy(post => post.Id));
    }
}
