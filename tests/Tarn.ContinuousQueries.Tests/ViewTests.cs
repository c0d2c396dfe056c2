using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;

namespace Tarn.ContinuousQueries.Tests;

public sealed class ViewTests
{
    private const string PerUser =
        "CREATE MATERIALIZED VIEW per_user AS SELECT user_id, count(*) AS games FROM scores GROUP BY user_id";

    [Fact]
    public async Task Create_RecordsBeforeAndAfter_AllCounted()
    {
        await using var lake = await Lake.OpenAsync(shards: 3);
        await lake.PutAsync("""{"user_id":"ann"}""", """{"user_id":"bob"}""", """{"user_id":"ann"}""");

        Assert.Equal("created materialized view per_user", await lake.RunAsync(PerUser + ";"));
        await lake.PutAsync("""{"user_id":"bob"}""");

        Assert.Equal(["ann | 2", "bob | 2"], await lake.RowsAsync("per_user"));
        var status = lake.Status("per_user");
        Assert.Equal((2, 4, 0, 0), (status.Groups, status.Records, status.BadRecords, status.LagMilliseconds));
        Assert.Equal(("scores", "default"), (status.Stream, status.Database));
        Assert.Equal([new TableName("default", "per_user")], ((ITableSource)lake.Engine).List());
        Assert.Null(await ((ITableSource)lake.Engine).OpenAsync(new TableName("other", "per_user"), default));
    }

    [Fact]
    public async Task Create_SameTextAgain_ChangesNothing_AnotherTextNeedsOrReplace()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.PutAsync("""{"user_id":"ann","level":2}""");
        await lake.RunAsync(PerUser);
        await lake.CatchUpAsync("per_user");
        var before = lake.Engine.FindRunner("per_user");

        Assert.Equal("source scores is unchanged", await lake.RunAsync(Lake.ScoresSource.Replace("(", "( -- same\n")));
        Assert.Equal(
            "materialized view per_user is unchanged",
                await lake.RunAsync(PerUser.Replace("SELECT", "SELECT -- same\n")));
        Assert.Same(before, lake.Engine.FindRunner("per_user"));

        var other = PerUser.Replace("count(*)", "sum(level)");
        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(other));
        Assert.Equal(ErrorKind.AlreadyExists, refusal.Kind);
        var folder = lake.ViewFolder("per_user");
        Assert.StartsWith(
            "replacing materialized view per_user", await lake.RunAsync(other.Replace("CREATE", "CREATE OR REPLACE")));
        await lake.UntilReplacedAsync("per_user");
        Assert.Equal(["ann | 2"], await lake.RowsAsync("per_user"));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Drop_SourceInUse_Refused_ThenViewThenSource_Gone()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync("DROP SOURCE scores"));
        Assert.Equal("source 'scores' is read by materialized view 'per_user'", refusal.Message);
        Assert.Equal("dropped materialized view per_user", await lake.RunAsync("DROP MATERIALIZED VIEW per_user"));
        Assert.Equal(
            "materialized view per_user does not exist",
                await lake.RunAsync("DROP MATERIALIZED VIEW IF EXISTS per_user"));
        Assert.Equal("dropped source scores", await lake.RunAsync("DROP SOURCE scores"));
        await lake.RestartAsync();
        Assert.Empty(lake.Engine.List());
        Assert.Equal("", await lake.RunAsync("SHOW SOURCES"));
    }

    [Fact]
    public async Task Restart_DefinitionAndStatus_Survive()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(PerUser);
        await lake.PutAsync("""{"user_id":"ann"}""", "not json");
        await lake.CatchUpAsync("per_user");
        var before = lake.Status("per_user");

        await lake.RestartAsync();

        await lake.CatchUpAsync("per_user");
        var after = lake.Status("per_user");
        Assert.Equal(OfAnyStart(before), OfAnyStart(after));
        Assert.Equal(before.Columns, after.Columns);
        Assert.Equal(1, after.BadRecords);
    }

    /// <summary>Without what is measured since the start.</summary>
    private static ViewStatus OfAnyStart(ViewStatus status) => status with
    {
        Columns = [], RecordsPerSecond = 0, Batches = 0, BatchTime = TimeSpan.Zero,
    };

    [Fact]
    public async Task BadRecords_KeptWithReason_BoundedAndCounted()
    {
        await using var lake = await Lake.OpenAsync();
        lake.Options = lake.Options with { BadRecordsMax = 2 };
        await lake.RestartAsync();
        await lake.RunAsync(
            "CREATE MATERIALIZED VIEW v AS SELECT CAST(user_id AS INTEGER) AS u, count(*) AS n FROM scores GROUP BY u");
        await lake.PutAsync(
            "oops", """{"user_id":"1"}""", """{"user_id":"x"}""", """{"user_id":"2"}""", """{"user_id":"y"}""");

        Assert.Equal(["1 | 1", "2 | 1"], await lake.RowsAsync("v"));
        Assert.Equal((2, 3), (lake.Status("v").Records, lake.Status("v").BadRecords));
        await lake.RestartAsync();
        await lake.CatchUpAsync("v");
        var bad = lake.Engine.FindRunner("v")!.BadRecords;
        Assert.Equal(2, bad.Count);
        Assert.All(bad, record => Assert.Contains("onvert", record.Reason));
        Assert.Equal(2UL, bad[1].SequenceNumber - bad[0].SequenceNumber);
    }

    [Fact]
    public async Task Sum_BeyondBigint_RefusedWhenRead_NotWrapped()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT sum(score) AS s FROM scores");
        var most = long.MaxValue.ToString(CultureInfo.InvariantCulture);
        await lake.PutAsync($"{{\"score\":{most}}}");
        Assert.Equal([most], await lake.RowsAsync("v"));

        await lake.PutAsync("""{"score":1}""");
        await Assert.ThrowsAsync<TarnException>(() => lake.RowsAsync("v"));

        await lake.PutAsync("""{"score":-2}""");
        Assert.Equal(["9223372036854775806"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Find_UnknownName_NullOrNotFound()
    {
        await using var lake = await Lake.OpenAsync();

        Assert.Null(lake.Engine.Find("nope"));
        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.CatchUpAsync("nope"));
        Assert.Equal(ErrorKind.NotFound, refusal.Kind);
        Assert.Throws<TarnException>(() => lake.Engine.SubscribeAsync("nope", TimeSpan.Zero, null, default));
    }
}
