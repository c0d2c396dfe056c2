using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Views over a stream whose shards are split and merged: every record is counted once.</summary>
public sealed class ReshardTests
{
    private const string Shard0 = "shardId-000000000000";

    private const string View =
        "CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) AS n FROM scores GROUP BY user_id";

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Views_SplitMergedAndKilledUnderLoad_EqualBatch(int seed)
    {
        const string Select = "SELECT user_id, count(*) AS n, sum(score % 1000) AS s FROM scores GROUP BY user_id";
        await using var lake = await Lake.OpenAsync(shards: 2, snapshotInterval: TimeSpan.FromMilliseconds(1));
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {Select}");
        var (random, records) = (new Random(seed), new RandomScores(seed));
        var all = new List<string>();
        for (var round = 0; round < 5; round++)
        {
            var parts = Enumerable.Range(0, 8).Select(_ => records.Next(60)).ToList();
            var load = Task.Run(async () =>
            {
                foreach (var part in parts)
                {
                    await lake.PutAsync(part);
                }
            });
            for (var change = 0; change < 4; change++)
            {
                await ChangeAsync(lake, random);
            }

            await load;
            all.AddRange(parts.SelectMany(part => part));
            await (round % 2 == 0 ? lake.CrashAsync() : lake.RestartAsync());
        }

        using var duckDb = lake.OpenDuckDb("batch");
        using var session = EqualityTests.OpenBatch(duckDb, all);
        Assert.Equal(await TextRows.ReadAsync(session, Select), await lake.RowsAsync("v"));
        Assert.Equal(all.Count, lake.Status("v").Records + lake.Status("v").BadRecords);
        Assert.True(lake.Streams.Find("scores")!.Shards.Count > 15);
    }

    [Fact]
    public async Task View_CreatedAfterASplit_CountsParentAndChildren()
    {
        await using var lake = await Lake.OpenAsync();
        await PutAsync(lake, "ann", "bob");
        await SplitAsync(lake);
        await PutAsync(lake, "ann", "cy");

        await lake.RunAsync(View);

        Assert.Equal(["ann | 2", "bob | 1", "cy | 1"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Retention_RemovedACountedShard_ViewGoesOnAfterRestart()
    {
        var (lake, time) = await OpenAsync();
        await using var _ = lake;
        await lake.RunAsync(View);
        await PutAsync(lake, "ann");
        await SplitAsync(lake);
        await PutAsync(lake, "bob");
        await lake.CatchUpAsync("v");
        await RemoveParentAsync(lake, time);

        await PutAsync(lake, "ann");
        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));
        await lake.RestartAsync();
        await PutAsync(lake, "bob");

        Assert.Equal(["ann | 2", "bob | 2"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Retention_RemovedAnIdleShardAfterItsEnd_IsKnownAfterRestart()
    {
        var (lake, time) = await OpenAsync();
        await using var _ = lake;
        await lake.RunAsync(View);
        await SplitAsync(lake);
        await lake.CatchUpAsync("v");
        await lake.RestartAsync();
        await RemoveParentAsync(lake, time);

        await lake.RestartAsync();
        await PutAsync(lake, "ann");

        Assert.Equal(["ann | 1"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Retention_RemovedAnUncountedShard_StopsWithTheGap()
    {
        var (lake, time) = await OpenAsync();
        await using var _ = lake;
        await lake.RunAsync(View);
        await PutAsync(lake, "ann");
        await lake.CatchUpAsync("v");
        await lake.Engine.StopAsync(CancellationToken.None);
        await PutAsync(lake, "bob");
        await SplitAsync(lake);
        await RemoveParentAsync(lake, time);
        await PutAsync(lake, "cy");

        await lake.RestartAsync();

        await Assert.ThrowsAsync<TarnException>(() => lake.CatchUpAsync("v"));
        Assert.Contains(
            "retention removed records of stream 'scores' before they were counted", lake.Status("v").Error);
        Assert.Contains($"{Shard0} is gone", lake.Status("v").Error);
    }

    [Fact]
    public async Task Retention_RemovedAShardThatWasNeverSeen_StopsWithTheGap()
    {
        var (lake, time) = await OpenAsync();
        await using var _ = lake;
        await lake.RunAsync(View);
        await PutAsync(lake, "ann");
        await lake.CatchUpAsync("v");
        await lake.RestartAsync();
        await SplitAsync(lake);
        await lake.CatchUpAsync("v");
        await lake.Engine.StopAsync(CancellationToken.None);
        await PutAsync(lake, "bob");
        await lake.Streams.MergeAsync(
            "scores", "shardId-000000000001", "shardId-000000000002", CancellationToken.None);
        await lake.Streams.SplitAsync("scores", "shardId-000000000003", 1000, CancellationToken.None);
        await RemoveParentAsync(lake, time, left: 2);

        await lake.RestartAsync();

        await Assert.ThrowsAsync<TarnException>(() => lake.CatchUpAsync("v"));
        Assert.Contains("before they were counted", lake.Status("v").Error);
    }

    private static async Task<(Lake Lake, FakeTimeProvider Time)> OpenAsync()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        return (await Lake.OpenAsync(time), time);
    }

    private static async Task ChangeAsync(Lake lake, Random random)
    {
        var open = lake.Streams.Find("scores")!.Shards.Where(shard => shard.ClosedAt is null)
            .OrderBy(shard => shard.StartingHashKey).ToList();
        var at = random.Next(open.Count - 1);
        if (open.Count < 3 || random.Next(2) == 0)
        {
            var middle = open[at].StartingHashKey + ((open[at].EndingHashKey - open[at].StartingHashKey) / 2);
            await lake.Streams.SplitAsync("scores", open[at].ShardId, middle, CancellationToken.None);
        }
        else
        {
            await lake.Streams.MergeAsync("scores", open[at].ShardId, open[at + 1].ShardId, CancellationToken.None);
        }
    }

    private static Task<StreamDescription> SplitAsync(Lake lake) =>
        lake.Streams.SplitAsync("scores", Shard0, UInt128.One << 127, CancellationToken.None);

    /// <summary>Lets retention pass, in steps as a server sees it.</summary>
    private static async Task RemoveParentAsync(Lake lake, FakeTimeProvider time, int left = 2)
    {
        time.Advance(TimeSpan.FromHours(24));
        while (lake.Streams.Find("scores")!.Shards.Count > left)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1);
        }
    }

    private static Task PutAsync(Lake lake, params IReadOnlyList<string> users) =>
        lake.PutAsync([.. users.Select(user => $"{{\"user_id\":\"{user}\"}}")]);
}
