using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Tests.Kills;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Subscriptions that begin where a reader stands: what it has and what it gets are the view.</summary>
public sealed class ResumeTests
{
    private const string Counts = "SELECT user_id, count(*) AS n FROM scores GROUP BY user_id";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData("3f2a.17", "3f2a", 17L)]
    [InlineData("a.0", "a", 0L)]
    [InlineData("17", null, 0L)]
    [InlineData("a.-1", null, 0L)]
    [InlineData("a b.1", null, 0L)]
    [InlineData(".1", null, 0L)]
    [InlineData("a.99999999999999999999", null, 0L)]
    public void TryParse_Text_IsAPositionOrNull(string text, string? incarnation, long version)
    {
        var expected = incarnation is null ? null : new ViewPosition(incarnation, version);

        Assert.Equal(expected, ViewPosition.TryParse(text));
        Assert.Equal(expected is null ? null : text, ViewPosition.TryParse(text)?.ToString());
    }

    [Fact]
    public async Task Since_APositionOfThisRun_GivesWhatChanged_AlsoAfterAnOrderlyRestart()
    {
        await using var lake = await OpenAsync();
        var position = await FirstAsync(lake);
        await PutAsync(lake, "bob");

        var changes = await NextAsync(lake, position);
        Assert.False(changes.IsSnapshot);
        Assert.Equal(["bob", 2L], Assert.Single(changes.Rows));

        await lake.RestartAsync();
        await PutAsync(lake, "ann");
        var after = await NextAsync(lake, changes.Position);
        Assert.False(after.IsSnapshot);
        Assert.Equal(["ann", 2L], Assert.Single(after.Rows));
        Assert.NotEqual(changes.Position.Incarnation, after.Position.Incarnation);
        Assert.True((await NextAsync(lake, position)).IsSnapshot);
    }

    [Fact]
    public async Task Since_AVersionThatACrashTookBack_GivesTheWholeView()
    {
        await using var lake = await OpenAsync();
        await lake.RestartAsync();
        await PutAsync(lake, "bob");
        var seen = await FirstAsync(lake);

        await lake.CrashAsync();
        await PutAsync(lake, "cy");
        await lake.CatchUpAsync("v");

        Assert.True(lake.Status("v").Version >= seen.Version);
        var changes = await NextAsync(lake, seen);
        Assert.True(changes.IsSnapshot);
        Assert.Equal(3, changes.Rows.Count);
    }

    [Fact]
    public async Task Since_AReplacedView_GivesTheWholeView()
    {
        await using var lake = await OpenAsync();
        var seen = await FirstAsync(lake);
        await lake.RunAsync($"CREATE OR REPLACE MATERIALIZED VIEW v AS {Counts} HAVING count(*) > 0");
        await lake.UntilReplacedAsync("v");

        Assert.True((await NextAsync(lake, seen)).IsSnapshot);
        Assert.True((await NextAsync(lake, new ViewPosition("nobody", 0))).IsSnapshot);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Since_OverCrashesAtRandomMoments_TheReaderHasTheView(int seed)
    {
        await using var lake = await Lake.OpenAsync(shards: 2, snapshotInterval: TimeSpan.FromMilliseconds(1));
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS {Counts}");
        var (random, client, snapshots) = (new Random(seed), new ViewClient(), 0);
        ViewPosition? position = null;
        for (var round = 0; round < 8; round++)
        {
            for (var put = random.Next(3); put >= 0; put--)
            {
                var users = Enumerable.Range(0, 20).Select(_ => $"u{random.Next(9)}");
                await lake.PutAsync([.. users.Select(user => $"{{\"user_id\":\"{user}\"}}")]);
                await lake.CatchUpAsync("v");
                var changes = await NextAsync(lake, position);
                snapshots += changes.IsSnapshot ? 1 : 0;
                (position, client) = (changes.Position, changes.IsSnapshot ? new ViewClient() : client);
                client.Apply(changes);
            }

            Assert.Equal(await lake.RowsNowAsync("v"), client.Rows);
            await (random.Next(3) == 0 ? lake.RestartAsync() : lake.CrashAsync());
        }

        Assert.InRange(snapshots, 1, 8);
    }

    private static async Task<Lake> OpenAsync()
    {
        var lake = await Lake.OpenAsync();
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {Counts}");
        await PutAsync(lake, "ann", "bob");
        return lake;
    }

    private static async Task PutAsync(Lake lake, params IReadOnlyList<string> users)
    {
        await lake.PutAsync([.. users.Select(user => $"{{\"user_id\":\"{user}\"}}")]);
        await lake.CatchUpAsync("v");
    }

    private static async Task<ViewPosition> FirstAsync(Lake lake) => (await NextAsync(lake, null)).Position;

    private static async Task<ViewChanges> NextAsync(Lake lake, ViewPosition? since)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var changes = lake.Engine.SubscribeAsync("v", Interval, since, limit.Token)
            .GetAsyncEnumerator(limit.Token);
        Assert.True(await changes.MoveNextAsync());
        return changes.Current;
    }
}
