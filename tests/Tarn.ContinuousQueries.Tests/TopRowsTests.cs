namespace Tarn.ContinuousQueries.Tests;

/// <summary>Of a top-N only rows that can still be shown are kept, but for 16 at the least.</summary>
public sealed class TopRowsTests
{
    private const int Users = 4;
    private const int Records = 2_000;

    private const string Bids = """
        CREATE SOURCE bids (user_id BIGINT, price BIGINT, id BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts)
        FROM STREAM 'scores' FORMAT JSON
        """;

    [Theory]
    [InlineData("SELECT window_start, user_id, price, id FROM TUMBLE(bids, ts, INTERVAL '1 hour') "
        + "QUALIFY row_number() OVER (PARTITION BY window_start, user_id ORDER BY price DESC, id) <= 3", 3)]
    [InlineData("SELECT window_end, user_id, price, id, rank() OVER (PARTITION BY window_end, user_id "
        + "ORDER BY price DESC, id) AS place FROM TUMBLE(bids, ts, INTERVAL '1 hour') QUALIFY place < 4", 3)]
    [InlineData("SELECT user_id, price, id FROM bids "
        + "QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY ts DESC, id DESC) = 1", 1)]
    public async Task TopN_ManyRecords_KeepsTheRowsThatCanBeShown(string select, int each)
    {
        await using var lake = await Lake.OpenAsync(snapshotInterval: TimeSpan.Zero);
        await lake.RunAsync(Bids);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS {select}");

        for (var first = 0; first < Records; first += 200)
        {
            await lake.PutAsync([.. Enumerable.Range(first, 200).Select(Bid)]);
            await lake.CatchUpAsync("v");
        }

        var rows = await lake.RowsAsync("v");
        var kept = await FewerAsync(lake, Records / 4);
        await lake.CrashAsync();

        Assert.Equal(Users * each, rows.Count);
        Assert.InRange(kept, Users * each, Records / 4);
        Assert.Equal(rows, await lake.RowsAsync("v"));
        Assert.Equal(
            Enumerable.Range(0, Records).GroupBy(id => id % Users).SelectMany(user => each == 1
                    ? user.TakeLast(1) : user.OrderByDescending(Price).ThenBy(id => id).Take(3))
                .Order(),
            rows.Select(row => row.Split(" | ")).Select(row => int.Parse(row[each == 1 ? 2 : 3])).Order());
    }

    [Theory]
    [InlineData("SELECT user_id, id, count(*) OVER (PARTITION BY user_id) AS n FROM bids "
        + "QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY id DESC) = 1", "500")]
    [InlineData("SELECT user_id, id, max(price) OVER () AS n FROM bids "
        + "QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY id DESC) = 1", "996")]
    public async Task TopN_BesideAnotherWindow_KeepsAllItsRows(string select, string value)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync(Bids);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS {select}");

        await lake.PutAsync([.. Enumerable.Range(0, Records).Select(Bid)]);

        Assert.Equal(
            Enumerable.Repeat(value, Users), (await lake.RowsAsync("v")).Select(row => row.Split(" | ")[2]));
        Assert.Equal(Records, lake.Status("v").Groups);
    }

    private static string Bid(int id)
    {
        var time = TimeOnly.FromTimeSpan(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(id));
        return $$"""{"user_id":{{id % Users}},"price":{{Price(id)}},"id":{{id}},"ts":"2026-01-02 {{time:HH:mm:ss}}"}""";
    }

    private static int Price(int id) => (id * 7_919) % 997;

    /// <summary>Rows are let go after the batch is shown.</summary>
    private static async Task<long> FewerAsync(Lake lake, int bound)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (lake.Status("v").Groups > bound && !limit.IsCancellationRequested)
        {
            await Task.Delay(10);
        }

        return lake.Status("v").Groups;
    }
}
