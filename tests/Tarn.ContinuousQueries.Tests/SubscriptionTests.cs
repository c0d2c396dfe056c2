namespace Tarn.ContinuousQueries.Tests;

public sealed class SubscriptionTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task Subscribe_SnapshotThenChangedGroupsOnly()
    {
        await using var lake = await OpenAsync("SELECT user_id, count(*) AS n FROM scores GROUP BY user_id");
        await PutAsync(lake, "ann", "bob");
        await lake.CatchUpAsync("v");
        await using var changes = lake.Subscribe("v", Interval);

        Assert.True(await changes.MoveNextAsync());
        Assert.True(changes.Current.IsSnapshot);
        Assert.Equal(2, changes.Current.Rows.Count);
        Assert.Equal(["user_id key", "n"], changes.Current.Columns.Select(column =>
            column.Name + (column.IsKey ? " key" : "")));

        await PutAsync(lake, "bob");
        Assert.True(await changes.MoveNextAsync());
        Assert.False(changes.Current.IsSnapshot);
        Assert.Equal(["bob", 2L], Assert.Single(changes.Current.Rows));
        Assert.Equal(lake.Status("v").Version, changes.Current.Version);
    }

    [Fact]
    public async Task Subscribe_SlowReader_GetsMergedChanges()
    {
        await using var lake = await OpenAsync("SELECT user_id, count(*) AS n FROM scores GROUP BY user_id");
        await using var changes = lake.Subscribe("v", Interval);
        Assert.True(await changes.MoveNextAsync());
        for (var i = 0; i < 5; i++)
        {
            await PutAsync(lake, "ann");
            await lake.CatchUpAsync("v");
        }

        Assert.True(await changes.MoveNextAsync());

        Assert.Equal(["ann", 5L], Assert.Single(changes.Current.Rows));
    }

    [Fact]
    public async Task Subscribe_HavingOrHiddenKey_SendsWholeViews()
    {
        await using var lake = await OpenAsync(
            "SELECT user_id, count(*) AS n FROM scores GROUP BY user_id HAVING count(*) < 2");
        await PutAsync(lake, "ann", "bob");
        await lake.CatchUpAsync("v");
        await using var changes = lake.Subscribe("v", Interval);
        Assert.True(await changes.MoveNextAsync());

        await PutAsync(lake, "ann");
        Assert.True(await changes.MoveNextAsync());

        Assert.True(changes.Current.IsSnapshot);
        Assert.Equal(["bob", 1L], Assert.Single(changes.Current.Rows));
    }

    [Fact]
    public async Task Subscribe_ViewReplacedThenDropped_BeginsAnewThenEnds()
    {
        await using var lake = await OpenAsync("SELECT user_id, count(*) AS n FROM scores GROUP BY user_id");
        await PutAsync(lake, "ann");
        await lake.CatchUpAsync("v");
        await using var changes = lake.Subscribe("v", Interval);
        Assert.True(await changes.MoveNextAsync());

        await lake.RunAsync("CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT count(*) AS total FROM scores");
        Assert.True(await changes.MoveNextAsync());
        Assert.True(changes.Current.IsSnapshot);
        Assert.Equal("total", Assert.Single(changes.Current.Columns).Name);
        Assert.Equal([1L], Assert.Single(changes.Current.Rows));

        var next = changes.MoveNextAsync();
        await lake.RunAsync("DROP MATERIALIZED VIEW v");
        while (await next)
        {
            next = changes.MoveNextAsync();
        }
    }

    [Fact]
    public async Task Subscribe_Cancelled_Ends()
    {
        await using var lake = await OpenAsync("SELECT count(*) AS n FROM scores");
        using var stop = new CancellationTokenSource();
        await using var changes = lake.Subscribe("v", Interval, stop.Token);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal([0L], Assert.Single(changes.Current.Rows));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await changes.MoveNextAsync());
    }

    private static async Task<Lake> OpenAsync(string select)
    {
        var lake = await Lake.OpenAsync();
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {select}");
        return lake;
    }

    private static Task PutAsync(Lake lake, params IReadOnlyList<string> users) =>
        lake.PutAsync([.. users.Select(user => $"{{\"user_id\":\"{user}\"}}")]);
}
