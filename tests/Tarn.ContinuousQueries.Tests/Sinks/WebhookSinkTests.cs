using System.Globalization;
using Tarn.ContinuousQueries.Tests.Alerts;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>Sinks into webhooks: every row comes at least once, and what comes again has the same id.</summary>
public sealed class WebhookSinkTests
{
    private const string AllOfThem =
        "CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT user_id, score FROM scores";

    [Fact]
    public async Task Epoch_IsPostedInParts_ThatSayWhichTheyAre()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(AllOfThem);
        await PutAsync(lake, 0, 5);
        await lake.CatchUpAsync("v");

        await lake.RunAsync(
            "CREATE SINK s FROM v INTO WEBHOOK 'ops' WITH (batch_rows = 2, commit_interval = '5 milliseconds')");
        await lake.SettleAsync("s");

        var posts = lake.Webhooks.Posts;
        var id = lake.Engine.FindSink("s")!.Spec.Id;
        Assert.Equal(
            [("ops", $"sink_{id}_1_1"), ("ops", $"sink_{id}_1_2"), ("ops", $"sink_{id}_1_3")],
            posts.Select(post => (post.Webhook, post.Id)));
        Assert.Equal(
            ["sink.rows s default.v 1 1", "sink.rows s default.v 1 2", "sink.rows s default.v 1 3"],
            posts.Select(post => string.Join(
                ' ', new[] { "type", "sink", "view", "epoch", "part" }.Select(post.Text))));
        Assert.All(posts, post => Assert.Equal(post.Id, post.Text("id")));
        Assert.Equal("""[{"user_id":"u0","score":0},{"user_id":"u1","score":1}]""", posts[0].Json("rows"));
        Assert.Equal([2, 2, 1], posts.Select(post => post.Body["rows"]!.AsArray().Count));
        await PutAsync(lake, 5, 1);
        await lake.SettleAsync("s");
        Assert.Equal($"sink_{id}_2_1", lake.Webhooks.Posts[3].Id);
    }

    [Fact]
    public async Task Rows_LargerThanAPost_AreSplitByBytes()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(AllOfThem);
        var large = new string('x', 100 << 10);
        await lake.PutAsync([.. Enumerable.Range(0, 5).Select(_ => $$"""{"user_id":"{{large}}"}""")]);
        await lake.CatchUpAsync("v");

        await lake.RunAsync("CREATE SINK s FROM v INTO WEBHOOK ops WITH (commit_interval = '5 milliseconds')");
        await lake.SettleAsync("s");

        Assert.Equal([2, 2, 1], lake.Webhooks.Posts.Select(post => post.Body["rows"]!.AsArray().Count));
    }

    [Fact]
    public async Task View_ThatChangesRows_PostsChanges()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) AS n FROM scores GROUP BY 1");
        await PutAsync(lake, 0, 1);
        await lake.CatchUpAsync("v");

        await lake.RunAsync("CREATE SINK s FROM v INTO WEBHOOK 'ops' WITH (commit_interval = '5 milliseconds')");
        await lake.SettleAsync("s");

        Assert.Equal(
            """[{"op":"upsert","version":1,"user_id":"u0","n":1}]""", lake.Webhooks.Posts[0].Json("rows"));
    }

    [Fact]
    public async Task Receiver_ThatFailsForAWhile_GetsTheRestOfTheEpoch_WithTheSameIds()
    {
        await using var lake = await Lake.OpenAsync();
        lake.Webhooks.Answer = (_, before) => before is 1 or 2
            ? new WebhookRefused("it answered 503", MayPass: true) : new WebhookAccepted();
        await lake.RunAsync(AllOfThem);
        await PutAsync(lake, 0, 3);
        await lake.CatchUpAsync("v");

        await lake.RunAsync(
            "CREATE SINK s FROM v INTO WEBHOOK 'ops' WITH (batch_rows = 1, commit_interval = '5 milliseconds')");
        await lake.SettleAsync("s");

        Assert.Equal(["1", "2", "2", "2", "3"], lake.Webhooks.Posts.Select(post => post.Text("part")));
        Assert.Equal(3, lake.Webhooks.Posts.DistinctBy(post => post.Id).Count());
    }

    [Fact]
    public async Task Receiver_ThatRefusesForGood_StopsTheSink_UntilItIsCreatedAgain()
    {
        const string Sink =
            "CREATE SINK s FROM v INTO WEBHOOK 'ops' WITH (batch_rows = 1, commit_interval = '5 milliseconds')";
        await using var lake = await Lake.OpenAsync();
        lake.Webhooks.Answer = (_, before) => before == 1
            ? new WebhookRefused("it answered 410", MayPass: false) : new WebhookAccepted();
        await lake.RunAsync(AllOfThem);
        await PutAsync(lake, 0, 3);
        await lake.CatchUpAsync("v");
        await lake.RunAsync(Sink);

        await lake.Engine.FindSink("s")!.Loop.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        var status = Assert.Single(lake.Engine.ListSinks());
        Assert.Equal((SinkPhase.Failed, "webhook ops"), (status.Phase, status.Target));
        Assert.Contains("webhook 'ops': it answered 410", status.Error, StringComparison.Ordinal);
        Assert.Equal("resumed sink s", await lake.RunAsync(Sink));
        await lake.SettleAsync("s");

        var rows = lake.Webhooks.Posts.Where((_, i) => i != 1).SelectMany(post => post.Body["rows"]!.AsArray());
        Assert.Equal(["0", "1", "2"], rows.Select(row => row!["score"]!.ToString()));
    }

    [Theory]
    [InlineData(HangingTarget.Step.BeforeDelivered)]
    [InlineData(HangingTarget.Step.PartDelivered)]
    [InlineData(HangingTarget.Step.BeforeMarked)]
    public async Task Crash_BetweenSteps_PostsEveryRow_AndRepeatsUnderTheSameIds(object step)
    {
        await using var lake = await Lake.OpenAsync();
        HangingTarget? target = null;
        lake.Target = inner => target = new HangingTarget(inner, (HangingTarget.Step)step, epoch: 1);
        lake.HangsAtWebhooks = true;
        await lake.RestartAsync();
        await lake.RunAsync(AllOfThem);
        await PutAsync(lake, 0, 4);
        await lake.CatchUpAsync("v");
        await lake.RunAsync(
            "CREATE SINK s FROM v INTO WEBHOOK 'ops' WITH (batch_rows = 1, commit_interval = '5 milliseconds')");
        await target!.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        lake.Target = null;
        await lake.CrashAsync();
        await lake.SettleAsync("s");

        var byId = lake.Webhooks.Posts.GroupBy(post => post.Id).ToList();
        Assert.All(byId, same => Assert.Single(same.DistinctBy(post => post.Json("rows"))));
        Assert.Equal(
            ["0", "1", "2", "3"],
            byId.Select(same => same.First().Body["rows"]![0]!["score"]!.ToString()).Order());
    }

    [Theory]
    [InlineData("WEBHOOK 'opps'", "webhook 'opps' is not in the server's tarn.yaml")]
    [InlineData("WEBHOOK 'https://x.example'", "line 1:35: a webhook is named here, not addressed")]
    [InlineData("WEBHOOK ops WITH (batch_rows = 0)",
        "line 1:58: option batch_rows is a whole number from 1 to 10000, not '0'")]
    [InlineData("WEBHOOK ops WITH (location = 's3://a/')", "line 1:56: option location needs INTO TABLE")]
    [InlineData("STREAM 'scores' FORMAT JSON WITH (batch_rows = 1)", "line 1:74: option batch_rows needs INTO WEBHOOK")]
    public async Task Create_ThatWouldNotDoWhatItSays_IsRefused(string target, string message)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(AllOfThem);

        var refusal = await Assert.ThrowsAsync<TarnException>(
            () => lake.RunAsync($"CREATE SINK s FROM v INTO {target}"));

        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public async Task ShowCreate_IsTheStatement()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(AllOfThem);
        await lake.RunAsync("create sink s from v into webhook OPS with (batch_rows = 7)");

        Assert.Equal(
            "CREATE SINK s\n  FROM default.v\n  INTO WEBHOOK 'ops' WITH (batch_rows = '7')",
            string.Join('\n', (await lake.ReadAsync("SHOW CREATE SINK s")).Rows.Select(row => row[0])));
    }

    private static Task PutAsync(Lake lake, int from, int count) => lake.PutAsync([.. Enumerable.Range(from, count)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"user_id":"u{{i}}","score":{{i}}}"""))]);
}
