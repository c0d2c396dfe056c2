using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Windows by event time: what is shown while they are open, when they close, what comes too late.</summary>
public sealed class WindowTests
{
    private const string Clicks = """
        CREATE SOURCE clicks (user_id VARCHAR, n BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5 seconds')
        FROM STREAM 'scores' FORMAT JSON
        """;

    private const string PerMinute = """
        SELECT window_start, window_end, user_id, count(*) AS c, sum(n) AS s
        FROM TUMBLE(clicks, ts, INTERVAL '1 minute') GROUP BY ALL
        """;

    [Fact]
    public async Task Tumble_OnUpdate_ShowsOpenWindowsAndCountsLateRecords()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS " + PerMinute);

        await lake.PutAsync(Click("ann", 1, "12:00:01"), Click("bob", 2, "12:00:59"), Click("ann", 4, "12:01:07"));
        await lake.CatchUpAsync("v");
        await lake.PutAsync(Click("ann", 8, "12:00:02"), Click("ann", 16, "12:01:00"));

        Assert.Equal(
            [
                "2026-01-02 12:00:00 | 2026-01-02 12:01:00 | ann | 1 | 1",
                "2026-01-02 12:00:00 | 2026-01-02 12:01:00 | bob | 1 | 2",
                "2026-01-02 12:01:00 | 2026-01-02 12:02:00 | ann | 2 | 20",
            ],
            await ShortAsync(lake.RowsAsync("v")));
        Assert.Equal((1, 4), (lake.Status("v").LateRecords, lake.Status("v").Records));
        Assert.Equal(
            [
                "clicks | 2026-01-02 12:00:02 | 2026-01-02 12:01:02 | "
                    + "{\"user_id\":\"ann\",\"n\":8,\"ts\":\"2026-01-02 12:00:02\"}",
            ],
            await ShortAsync(lake.TableAsync("v_late", "source, event_time, watermark, record")));
    }

    [Fact]
    public async Task Tumble_OnClose_ShowsAWindowOnceWhenTheWatermarkHasPassedIt()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {PerMinute} EMIT ON WINDOW CLOSE");

        await lake.PutAsync(Click("ann", 1, "12:00:01"), Click("bob", 2, "12:00:59"), Click("ann", 4, "12:01:04"));
        Assert.Empty(await ShortAsync(lake.RowsAsync("v")));

        await lake.PutAsync(Click("ann", 8, "12:01:05"));
        Assert.Equal(
            [
                "2026-01-02 12:00:00 | 2026-01-02 12:01:00 | ann | 1 | 1",
                "2026-01-02 12:00:00 | 2026-01-02 12:01:00 | bob | 1 | 2",
            ],
            await ShortAsync(lake.RowsAsync("v")));
    }

    [Fact]
    public async Task Windows_AfterACrash_AreAsIfNothingHadHappened()
    {
        await using var lake = await Lake.OpenAsync(snapshotInterval: TimeSpan.Zero);
        await lake.RunAsync(Clicks);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {PerMinute} EMIT ON WINDOW CLOSE");
        await lake.PutAsync(Click("ann", 1, "12:00:01"), Click("ann", 2, "12:01:10"));
        await lake.CatchUpAsync("v");
        await lake.PutAsync(Click("bob", 4, "12:00:30"), Click("ann", 8, "12:02:30"));
        var before = await lake.RowsAsync("v");

        await lake.CrashAsync();

        Assert.Equal(before, await lake.RowsAsync("v"));
        Assert.Equal(2, before.Count);
        Assert.Equal(1, lake.Status("v").LateRecords);
    }

    [Fact]
    public async Task Hop_Record_IsInEveryWindowThatHoldsIt()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync("""
            CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) AS c
            FROM HOP(clicks, ts, INTERVAL '20 seconds', INTERVAL '1 minute') GROUP BY window_start
            """);

        await lake.PutAsync(Click("ann", 1, "12:00:01"), Click("ann", 1, "12:00:20"));

        Assert.Equal(
            [
                "2026-01-02 11:59:20 | 1", "2026-01-02 11:59:40 | 2", "2026-01-02 12:00:00 | 2",
                "2026-01-02 12:00:20 | 1",
            ],
            await ShortAsync(lake.RowsAsync("v")));
    }

    [Fact]
    public async Task Session_RecordBetweenTwo_JoinsThemAndTheOldOnesAreRemoved()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync("""
            CREATE MATERIALIZED VIEW v AS SELECT window_start, window_end, user_id, sum(n) AS s
            FROM SESSION(clicks, ts, INTERVAL '30 seconds', user_id) GROUP BY ALL
            """);
        await using var changes = lake.Subscribe("v", TimeSpan.FromMilliseconds(1));
        await lake.PutAsync(Click("ann", 1, "12:00:01"), Click("ann", 2, "12:00:40"), Click("bob", 4, "12:00:21"));
        var first = await lake.RowsAsync("v");
        await ReadUntilAsync(changes, rows => rows.Rows.Count == 3);

        await lake.PutAsync(Click("ann", 8, "12:00:20"));

        Assert.Equal(3, first.Count);
        Assert.Equal(
            [
                "2026-01-02 12:00:01 | 2026-01-02 12:01:10 | ann | 11",
                "2026-01-02 12:00:21 | 2026-01-02 12:00:51 | bob | 4",
            ],
            await ShortAsync(lake.RowsAsync("v")));
        var joined = await ReadUntilAsync(changes, rows => !rows.IsSnapshot);
        Assert.Equal(2, joined.Removed.Count);
        Assert.Single(joined.Rows);
    }

    [Fact]
    public async Task IdleShard_AfterItsTimeout_HoldsNoWindowOpen()
    {
        await using var lake = await Lake.OpenAsync(shards: 4);
        await lake.RunAsync(Clicks + " WITH (idle_timeout = '200 milliseconds')");
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {PerMinute} EMIT ON WINDOW CLOSE");

        await lake.PutAsync(Click("ann", 1, "12:00:01"));
        await lake.PutAsync(Click("ann", 2, "12:02:00"));

        Assert.Equal(
            ["2026-01-02 12:00:00 | 2026-01-02 12:01:00 | ann | 1 | 1"],
            await ShortAsync(lake.RowsOnceThereAsync("v", 1)));
    }

    [Fact]
    public async Task FutureEvent_BeyondTheSkew_ClosesNoMoreThanTheClockAllows()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {PerMinute}");

        await lake.PutAsync("""{"user_id":"ann","n":1,"ts":"2999-01-01 00:00:00"}""");
        await lake.CatchUpAsync("v");

        Assert.InRange(
            lake.Status("v").Watermark!.Value, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task RecordWithoutEventTime_IsSetAsideWithItsReason()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS {PerMinute}");

        await lake.PutAsync("""{"user_id":"ann","n":1}""", Click("ann", 1, "12:00:01"));

        Assert.Single(await ShortAsync(lake.RowsAsync("v")));
        Assert.Equal(
            ["column 'ts' is NULL: the record has no event time"], await lake.TableAsync("v_errors", "reason"));
    }

    [Fact]
    public async Task KeptRows_TopOfEachWindow_EqualsTheSameSqlOverAllRecords()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync("""
            CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT window_start, user_id, n
            FROM TUMBLE(clicks, ts, INTERVAL '1 minute')
            QUALIFY row_number() OVER (PARTITION BY window_start ORDER BY n DESC) <= 2
            """);
        await lake.RunAsync("""
            CREATE MATERIALIZED VIEW users WITH (ttl = '1 day') AS
            SELECT count(DISTINCT user_id) AS users, median(n) AS mid FROM clicks
            """);
        await lake.RunAsync("CREATE MATERIALIZED VIEW names AS SELECT DISTINCT user_id FROM clicks");
        await lake.RunAsync("""
            CREATE MATERIALIZED VIEW big WITH (ttl = '1 day') AS SELECT user_id, n * 2 AS twice FROM clicks WHERE n > 2
            """);
        await lake.RunAsync(
            "CREATE MATERIALIZED VIEW over_big WITH (ttl = '1 day') AS SELECT max(twice) AS m FROM big");

        await lake.PutAsync(Click("ann", 1, "12:00:01"), Click("bob", 2, "12:00:02"), Click("ann", 3, "12:00:03"),
            Click("cid", 4, "12:01:03"));

        Assert.Equal(
            ["2026-01-02 12:00:00 | ann | 3", "2026-01-02 12:00:00 | bob | 2", "2026-01-02 12:01:00 | cid | 4"],
            await ShortAsync(lake.RowsAsync("v")));
        Assert.Equal(["3 | 2.5"], await ShortAsync(lake.RowsAsync("users")));
        Assert.Equal(["ann", "bob", "cid"], await ShortAsync(lake.RowsAsync("names")));
        Assert.Equal(["ann | 6", "cid | 8"], await ShortAsync(lake.RowsAsync("big")));
        Assert.Equal(["8"], await ShortAsync(lake.RowsAsync("over_big")));
    }

    [Fact]
    public async Task Ttl_ByEventTime_RemovesWindowsAndGroups()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Clicks);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v WITH (ttl = '2 minutes') AS {PerMinute}");
        await lake.RunAsync(
            "CREATE MATERIALIZED VIEW u WITH (ttl = '2 minutes') AS "
            + "SELECT user_id, count(*) AS c FROM clicks GROUP BY 1");

        await lake.PutAsync(Click("ann", 1, "12:00:01"));
        await lake.CatchUpAsync("u");
        await lake.PutAsync(Click("bob", 1, "12:05:01"));
        await lake.CatchUpAsync("u");
        await lake.PutAsync(Click("bob", 1, "12:05:02"));

        Assert.Equal(
            ["2026-01-02 12:05:00 | 2026-01-02 12:06:00 | bob | 2 | 2"], await ShortAsync(lake.RowsAsync("v")));
        Assert.Equal(["bob | 2"], await ShortAsync(lake.RowsAsync("u")));
    }

    private static async Task<IReadOnlyList<string>> ShortAsync(Task<IReadOnlyList<string>> rows) =>
        [.. (await rows).Select(row => row.Replace('T', ' ').Replace(".0000000", "", StringComparison.Ordinal))];

    private static string Click(string user, int n, string time) =>
        $$"""{"user_id":"{{user}}","n":{{n}},"ts":"2026-01-02 {{time}}"}""";

    private static async Task<ViewChanges> ReadUntilAsync(
        IAsyncEnumerator<ViewChanges> changes, Func<ViewChanges, bool> isFound)
    {
        while (await changes.MoveNextAsync())
        {
            if (isFound(changes.Current))
            {
                return changes.Current;
            }
        }

        throw new InvalidOperationException("the subscription has ended");
    }
}
