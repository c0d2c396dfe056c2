using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Stop, kill and damage at every step of a snapshot: the view counts every record once, or says why it
/// cannot.</summary>
public sealed class RestartTests
{
    private const string View =
        "CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) AS n FROM scores GROUP BY user_id";

    [Fact]
    public async Task Kill_BeforeAnySnapshot_ReplaysFromTheStart()
    {
        await using var lake = await Lake.OpenAsync();
        await PutAsync(lake, "ann", "bob");
        await lake.RunAsync(View);
        await lake.CatchUpAsync("v");

        await lake.CrashAsync();

        await PutAsync(lake, "ann");
        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Kill_AfterASnapshot_ReplaysOnlyTheRest()
    {
        await using var lake = await Lake.OpenAsync();
        await PutAsync(lake, "ann", "bob");
        await lake.RunAsync(View);
        await lake.CatchUpAsync("v");
        await lake.RestartAsync();
        await PutAsync(lake, "ann");
        await lake.CatchUpAsync("v");

        await lake.CrashAsync();

        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));
        Assert.Equal(3, lake.Status("v").Records);
    }

    [Theory]
    [InlineData("torn temporary file")]
    [InlineData("torn snapshot")]
    [InlineData("flipped byte")]
    [InlineData("old and new")]
    [InlineData("empty snapshot")]
    [InlineData("no snapshot")]
    public async Task Kill_AtAStepOfASnapshot_SameResult(string step)
    {
        await using var lake = await Lake.OpenAsync(shards: 2);
        await lake.RunAsync(View);
        await PutAsync(lake, "ann", "bob", "ann");
        await lake.CatchUpAsync("v");
        await lake.RestartAsync();
        await PutAsync(lake, "bob");
        await lake.CatchUpAsync("v");

        await lake.CrashAsync(views =>
            Damage(Directory.GetFiles(views, "*.tarnview", SearchOption.AllDirectories)[0], step));

        await PutAsync(lake, "cy");
        Assert.Equal(["ann | 2", "bob | 2", "cy | 1"], await lake.RowsAsync("v"));
        Assert.Equal(5, lake.Status("v").Records);
        await lake.RestartAsync();
        Assert.Single(Directory.GetFiles(lake.ViewFolder("v")));
        Assert.Equal(["ann | 2", "bob | 2", "cy | 1"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Kill_AtRandomMoments_EqualsBatch()
    {
        const string Select =
            "SELECT user_id, count(*) AS n, sum(score) AS s FROM scores WHERE level > 0 GROUP BY user_id";
        await using var lake = await Lake.OpenAsync(shards: 3, snapshotInterval: TimeSpan.FromMilliseconds(1));
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {Select.Replace("score)", "score % 1000)")}");
        var random = new RandomScores(seed: 11);
        var all = new List<string>();
        for (var round = 0; round < 6; round++)
        {
            var records = random.Next(150);
            all.AddRange(records);
            await lake.PutAsync(records);
            if (round % 2 == 0)
            {
                await lake.CatchUpAsync("v");
            }

            await lake.CrashAsync();
        }

        using var duckDb = lake.OpenDuckDb("batch");
        using var session = EqualityTests.OpenBatch(duckDb, all);
        var expected = await TextRows.ReadAsync(session, Select.Replace("score)", "score % 1000)"));
        Assert.Equal(expected, await lake.RowsAsync("v"));
        Assert.Equal(all.Count, lake.Status("v").Records + lake.Status("v").BadRecords);
    }

    [Fact]
    public async Task Damage_RecordsAlreadyGone_RefusesToBeRead()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var lake = await Lake.OpenAsync(time);
        await lake.RunAsync(View);
        await PutAsync(lake, "ann");
        await lake.CatchUpAsync("v");
        await lake.RestartAsync();
        time.Advance(TimeSpan.FromHours(25));

        await lake.CrashAsync(views =>
            File.WriteAllText(Directory.GetFiles(views, "*.tarnview", SearchOption.AllDirectories)[0], "x"));

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RowsNowAsync("v"));
        Assert.Contains("has no whole snapshot, and records it counted are gone", refusal.Message);
        Assert.Contains("retention removed sequence numbers", lake.Status("v").Error);
    }

    [Fact]
    public async Task Retention_RemovedUncountedRecords_StopsWithTheGap()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var lake = await Lake.OpenAsync(time);
        await lake.RunAsync(View);
        await PutAsync(lake, "ann");
        await lake.CatchUpAsync("v");
        await lake.RestartAsync();
        await lake.Engine.StopAsync(CancellationToken.None);
        await PutAsync(lake, "bob", "bob");
        time.Advance(TimeSpan.FromHours(25));
        await PutAsync(lake, "cy");

        await lake.RestartAsync();

        await Assert.ThrowsAsync<TarnException>(() => lake.CatchUpAsync("v"));
        Assert.Contains("retention removed records of stream 'scores' before they were counted",
            lake.Status("v").Error);
        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RowsNowAsync("v"));
        Assert.StartsWith("materialized view 'v' has stopped: retention removed", refusal.Message);
    }

    [Fact]
    public async Task Stream_CreatedAgain_CountsOn()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(View);
        await PutAsync(lake, "ann");
        await lake.CatchUpAsync("v");

        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        await lake.Streams.CreateAsync(new Streams.StreamSpec { Name = "scores", ShardCount = 2 },
            CancellationToken.None);
        await PutAsync(lake, "ann", "bob");

        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));
        await lake.RestartAsync();
        await PutAsync(lake, "bob");
        Assert.Equal(["ann | 2", "bob | 2"], await lake.RowsAsync("v"));
    }

    private static Task PutAsync(Lake lake, params IReadOnlyList<string> users) =>
        lake.PutAsync([.. users.Select(user => $"{{\"user_id\":\"{user}\"}}")]);

    private static void Damage(string snapshot, string step)
    {
        var bytes = File.ReadAllBytes(snapshot);
        var next = snapshot.Replace("-1.", "-2.", StringComparison.Ordinal);
        switch (step)
        {
            case "torn temporary file":
                File.WriteAllBytes(next + ".tmp", bytes[..(bytes.Length / 2)]);
                break;
            case "torn snapshot":
                File.WriteAllBytes(next, bytes[..(bytes.Length / 2)]);
                break;
            case "flipped byte":
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(next, bytes);
                break;
            case "old and new":
                File.WriteAllBytes(next, bytes);
                break;
            case "empty snapshot":
                File.WriteAllBytes(next, []);
                break;
            default:
                File.Delete(snapshot);
                break;
        }
    }
}
