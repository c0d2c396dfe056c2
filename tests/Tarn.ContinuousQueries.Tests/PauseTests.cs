using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Views that are paused, resumed and counted anew.</summary>
public sealed class PauseTests
{
    private const string PerUser =
        "CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) AS n FROM scores GROUP BY user_id";

    [Fact]
    public async Task Pause_OverARestart_CountsNothing_AndStaysReadable_UntilResumed()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);
        await lake.PutAsync("""{"user_id":"ann"}""");
        await lake.CatchUpAsync("v");

        await lake.Engine.PauseAsync("V", default);
        Assert.Equal(ViewPhase.Paused, lake.Status("v").Phase);
        await lake.RestartAsync();
        await lake.PutAsync("""{"user_id":"ann"}""", """{"user_id":"bob"}""");

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.CatchUpAsync("v"));
        Assert.Equal("materialized view 'v' is paused", refusal.Message);
        Assert.Equal(["ann | 1"], await lake.RowsNowAsync("v"));
        Assert.Equal((ViewPhase.Paused, 1L), (lake.Status("v").Phase, lake.Status("v").Records));
        Assert.Equal("materialized view v is unchanged", await lake.RunAsync(PerUser));
        Assert.Equal(ViewPhase.Paused, lake.Status("v").Phase);

        await lake.Engine.ResumeAsync("v", default);
        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));
        await lake.RestartAsync();
        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));
        Assert.NotEqual(ViewPhase.Paused, lake.Status("v").Phase);
    }

    [Fact]
    public async Task Backfill_CountsAnewBesideTheView_AndIsSwappedIn()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);
        await lake.PutAsync("""{"user_id":"ann"}""", "not json");
        await lake.CatchUpAsync("v");
        var (old, folder) = (lake.Engine.FindRunner("v")!, lake.ViewFolder("v"));

        await lake.Engine.BackfillAsync("v", default);
        await UntilAsync(() => lake.Engine.FindRunner("v") != old && lake.Status("v").Backfill is null);

        Assert.NotEqual(old.Spec.Id, lake.Engine.FindRunner("v")!.Spec.Id);
        Assert.Equal(["ann | 1"], await lake.RowsAsync("v"));
        Assert.Equal(1, lake.Status("v").BadRecords);
        await UntilAsync(() => !Directory.Exists(folder));
        await lake.PutAsync("""{"user_id":"ann"}""");
        await lake.RestartAsync();
        Assert.Equal(["ann | 2"], await lake.RowsAsync("v"));
        Assert.Null(lake.Status("v").Backfill);
    }

    [Fact]
    public async Task Backfill_OfAPausedView_SwapsInOneThatCounts_AndDropForgetsIt()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);
        await lake.Engine.PauseAsync("v", default);
        await lake.PutAsync("""{"user_id":"ann"}""");

        await lake.Engine.BackfillAsync("v", default);
        await UntilAsync(() => lake.Status("v").Phase != ViewPhase.Paused);
        Assert.Equal(["ann | 1"], await lake.RowsAsync("v"));

        await lake.Engine.BackfillAsync("v", default);
        await lake.RunAsync("DROP MATERIALIZED VIEW v");
        await lake.RestartAsync();
        Assert.Empty(lake.Engine.List());
        Assert.Empty(await lake.Metadata.ListAsync("view-successor", "", null, 10, default));
    }

    [Theory]
    [InlineData("SUBSCRIBE TO v", null)]
    [InlineData("subscribe to default.v;", null)]
    [InlineData("SUBSCRIBE TO v AS OF VERSION 'c0ffee.17'", null)]
    [InlineData("SUBSCRIBE TO v AS OF VERSION 'c0-ff.17'",
        "line 1:30: a version is a text as subscriptions give it, not 'c0-ff.17'")]
    [InlineData("SUBSCRIBE TO w", "materialized view 'w' does not exist")]
    [InlineData("SHOW SOURCES", "the statement is not SUBSCRIBE TO a view")]
    [InlineData("SUBSCRIBE v", "line 1:11: expected TO, found 'v'")]
    public async Task SubscribedBy_Statement_NamesTheView(string sql, string? refused)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);

        var refusal = Record.Exception(() => lake.Engine.SubscribedBy(sql));

        Assert.Equal(refused, refusal?.Message);
        Assert.Equal(refused is null ? "v" : null, refused is null ? lake.Engine.SubscribedBy(sql).View : null);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, late.Token);
        }
    }
}
