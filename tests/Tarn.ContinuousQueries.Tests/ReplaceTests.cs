using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Succession;
using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>CREATE OR REPLACE MATERIALIZED VIEW: a new version beside the old, then a swap.</summary>
public sealed class ReplaceTests
{
    private const string Counts =
        "CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT user_id, count(*) AS n FROM scores GROUP BY user_id";
    private const string Sums =
        "CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT user_id, sum(level) AS s FROM scores GROUP BY user_id";
    private const string Gone = "FROM other GROUP BY user_id";

    [Fact]
    public async Task Replace_OldVersionIsRead_UntilTheNewOneHasCaughtUp()
    {
        await using var lake = await OpenAsync();
        await using var changes = lake.Subscribe("v", TimeSpan.FromMilliseconds(1));
        Assert.True(await changes.MoveNextAsync());
        var old = lake.Engine.FindRunner("v")!;
        lake.Held.Hold();

        Assert.Equal(
            "replacing materialized view v: the new version counts beside it and takes its place when it has caught up,"
                + " see tarn query ls",
            await lake.RunAsync(Sums));
        Assert.Equal("materialized view v is being counted anew, see tarn query ls", await lake.RunAsync(Sums));
        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsNowAsync("v"));
        Assert.Same(old, lake.Engine.FindRunner("v"));
        Assert.StartsWith("replacing", lake.Status("v").State);
        var backfill = await lake.BackfillOnceOpenAsync("v");
        Assert.Equal((Sums, 0L, 3L, 0), (
            backfill.Sql, backfill.RecordsDone, backfill.RecordsInAll, backfill.Percent));
        lake.Held.Release();
        await lake.UntilReplacedAsync("v");

        Assert.Equal(["ann | 6", "bob | 5"], await lake.RowsNowAsync("v"));
        while (changes.Current.Columns[1].Name == "n")
        {
            Assert.True(await changes.MoveNextAsync());
        }

        Assert.True(changes.Current.IsSnapshot);
        Assert.Equal(2, changes.Current.Rows.Count);
        await lake.RestartAsync();
        Assert.Equal(["ann | 6", "bob | 5"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Replace_WhileRecordsCome_NeverShowsLessThanBefore()
    {
        await using var lake = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var put = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await lake.PutAsync("""{"user_id":"ann","level":1}""");
            }
        });
        var (most, reads) = (0L, 0);
        for (var replaced = 0; replaced < 6; replaced++)
        {
            var select = $"SELECT count(*) AS n, {replaced} AS version FROM scores";
            await lake.RunAsync($"CREATE OR REPLACE MATERIALIZED VIEW v AS {select}");
            do
            {
                var first = (await lake.RowsNowAsync("v")).Select(row => row.Split(" | ")).ToList();
                var n = first[0].Length == 2 && first.Count == 1 ? long.Parse(first[0][0]) : 0;
                Assert.True(n >= most, $"{n} after {most}");
                (most, reads) = (n, reads + 1);
            }
            while (lake.Status("v").Backfill is not null);
        }

        await stop.CancelAsync();
        await put;
        Assert.True(reads >= 6 && most > 0, $"{reads} reads, {most}");
    }

    [Fact]
    public async Task Replace_DuringAReplacement_ReplacesTheNewVersion_AndTheOldTextGivesItUp()
    {
        await using var lake = await OpenAsync();
        lake.Held.Hold();
        await lake.RunAsync(Sums);
        var first = lake.Status("v").Backfill!;
        await lake.RunAsync(Sums.Replace("sum(", "max(", StringComparison.Ordinal));
        Assert.NotEqual(first.Sql, lake.Status("v").Backfill!.Sql);

        Assert.Equal(
            "materialized view v is unchanged; its new version was given up", await lake.RunAsync(Counts));

        Assert.Null(lake.Status("v").Backfill);
        lake.Held.Release();
        Assert.Empty(await lake.Metadata.ListAsync("view-successor", "", null, 10, default));
        await lake.RunAsync(Sums.Replace("sum(", "max(", StringComparison.Ordinal));
        await lake.UntilReplacedAsync("v");
        Assert.Equal(["ann | 4", "bob | 5"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Replace_NewVersionFails_OldOneStays_AndSaysWhy_ResumeTriesAgain()
    {
        await using var lake = await OpenAsync();
        await lake.RunAsync(
            Counts.Replace("AS SELECT", "WITH (state_rows_max = 1) AS SELECT", StringComparison.Ordinal));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (lake.Status("v").Backfill?.Error is null)
        {
            await Task.Delay(5, limit.Token);
        }

        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));
        Assert.EndsWith("its replacement failed", lake.Status("v").State);
        Assert.Contains("the view holds 2 groups, rows or values, and 1 are allowed", lake.Status("v").Backfill!.Error);
        Assert.Contains("1 are allowed", (await lake.ReadAsync("SHOW MATERIALIZED VIEWS")).Rows[0][^1]);
        await lake.RestartAsync();
        await lake.Engine.ResumeAsync("v", default);
        Assert.Equal(["ann | 2", "bob | 1"], await lake.RowsAsync("v"));

        await lake.RunAsync(Sums);
        await lake.UntilReplacedAsync("v");
        Assert.Equal(["ann | 6", "bob | 5"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Source_OfANewVersion_IsNeitherDroppedNorChanged()
    {
        await using var lake = await OpenAsync();
        lake.Held.Hold();
        await lake.RunAsync(Sums.Replace("FROM scores GROUP BY user_id", Gone, StringComparison.Ordinal));

        foreach (var sql in new[] { "DROP SOURCE other", "ALTER SOURCE other ADD COLUMN x BIGINT" })
        {
            var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(sql));
            Assert.Equal("source 'other' is read by the new version of materialized view 'v'", refusal.Message);
        }

        lake.Held.Release();
        await lake.UntilReplacedAsync("v");
        Assert.Empty(await lake.RowsAsync("v"));
        Assert.Equal("dropped source scores", await lake.RunAsync("DROP SOURCE scores"));
    }

    [Fact]
    public async Task ViewOverAView_KeepsItsCopy_UntilItIsReplacedItself()
    {
        const string Over =
            "CREATE OR REPLACE MATERIALIZED VIEW w AS SELECT max(x) AS m FROM (SELECT * FROM v) t(u, x)";
        await using var lake = await OpenAsync();
        await lake.RunAsync(Over);
        Assert.Equal(["2"], await lake.RowsAsync("w"));
        await lake.RunAsync(Sums);
        await lake.UntilReplacedAsync("v");

        await lake.CrashAsync();
        await lake.PutAsync("""{"user_id":"ann","level":4}""");
        Assert.Equal(["3"], await lake.RowsAsync("w"));
        await lake.RunAsync(Over);
        await lake.UntilReplacedAsync("w");
        Assert.Equal(["10"], await lake.RowsAsync("w"));

        await lake.RunAsync("DROP MATERIALIZED VIEW v");
        await lake.RestartAsync();
        Assert.Equal(["10"], await lake.RowsAsync("w"));
        await lake.RunAsync("CREATE MATERIALIZED VIEW x AS SELECT m + 1 AS m FROM w");
        Assert.Equal(["11"], await lake.RowsAsync("x"));
        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(
            "CREATE OR REPLACE MATERIALIZED VIEW w AS SELECT m FROM w"));
        Assert.Equal("materialized view 'w' would read itself", refusal.Message);
    }

    [Fact]
    public async Task Dependant_Refuses_NothingChanges()
    {
        await using var lake = await OpenAsync();
        lake.Engine.Successors.Add(new Refusal());

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(Sums));

        Assert.Equal("n is gone", refusal.Message);
        Assert.Null(lake.Status("v").Backfill);
        await lake.Engine.BackfillAsync("v", default);
        await lake.UntilReplacedAsync("v");
    }

    private static async Task<Lake> OpenAsync()
    {
        var lake = await Lake.OpenAsync();
        await lake.RunAsync(Counts);
        await lake.PutAsync(
            """{"user_id":"ann","level":2}""", """{"user_id":"ann","level":4}""", """{"user_id":"bob","level":5}""");
        await lake.CatchUpAsync("v");
        await lake.Streams.CreateAsync(new StreamSpec { Name = "other" }, CancellationToken.None);
        await lake.RunAsync("CREATE SOURCE other (user_id VARCHAR, level BIGINT) FROM STREAM 'other' FORMAT JSON");
        return lake;
    }

    private sealed class Refusal : IViewDependants
    {
        public void CheckReplacement(ViewSpec view, ViewSpec successor)
        {
            if (successor.Columns.All(column => column.Name != "n"))
            {
                throw new TarnException(ErrorKind.Conflict, "n is gone");
            }
        }
    }
}
