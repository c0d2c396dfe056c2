using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests.Aggregates;

/// <summary>Values that groups hold one by one are bounded, counted, and gone with their group.</summary>
public sealed class ValueLimitTests
{
    [Fact]
    public async Task CountDistinct_OfMoreValuesThanAllowed_StopsTheViewAndSaysWhy()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v WITH (state_rows_max = 20) AS "
            + "SELECT game, count(DISTINCT level) AS n FROM scores GROUP BY game");

        await lake.PutAsync([.. Enumerable.Range(0, 19).Select(i => $$"""{"game":"g","level":{{i}}}""")]);
        Assert.Equal(["g | 19"], await lake.RowsAsync("v"));
        await lake.PutAsync("""{"game":"g","level":19}""");
        var stopped = await StoppedAsync(lake);

        Assert.Equal(ErrorKind.LimitExceeded, stopped.Kind);
        Assert.Contains("the view holds 21 groups, rows or values, and 20 are allowed", stopped.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfMoreValuesThanAllowed_StopsTheViewAndGoesOnWithAHigherBound()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v WITH (list_values_max = 3) AS "
            + "SELECT game, CAST(list(level) AS VARCHAR) AS l FROM scores GROUP BY game");

        await lake.PutAsync("""{"game":"g","level":1}""", """{"game":"g"}""", """{"game":"g","level":3}""");
        Assert.Equal(["g | [1, NULL, 3]"], await lake.RowsAsync("v"));
        await lake.PutAsync("""{"game":"g","level":4}""");
        var stopped = await StoppedAsync(lake);
        await lake.RunAsync("ALTER MATERIALIZED VIEW v SET (list_values_max = 4)");

        Assert.Contains("holds 4 values of list(\"level\"), and 3 are allowed", stopped.Message,
            StringComparison.Ordinal);
        Assert.Equal(["g | [1, NULL, 3, 4]"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Ttl_OfGroupsWithValues_RemovesTheirValues()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var lake = await Lake.OpenAsync(clock);
        await lake.RunAsync("CREATE MATERIALIZED VIEW v WITH (ttl = '1 minute', state_rows_max = 300) AS "
            + "SELECT game, count(DISTINCT level) AS n, median(level) AS m, string_agg(level) AS l, "
            + "approx_count_distinct(level) AS a FROM scores GROUP BY game");

        for (var round = 0; round < 10; round++)
        {
            // Three values of each of 30 levels: in ten rounds more than are allowed at once.
            await lake.PutAsync([.. Enumerable.Range(0, 30).Select(i =>
                $$"""{"game":"g{{round}}","level":{{i + round}}}""")]);
            await lake.CatchUpAsync("v");
            clock.Advance(TimeSpan.FromMinutes(2));
        }

        await lake.PutAsync("""{"game":"g1","level":5}""");
        var rows = await lake.RowsAsync("v");
        await lake.RestartAsync();

        Assert.Contains("g1 | 1 | 5 | 5 | 1", rows);
        Assert.Null(lake.Status("v").Error);
        Assert.Contains("g1 | 1 | 5 | 5 | 1", await lake.RowsAsync("v"));
    }

    private static async Task<TarnException> StoppedAsync(Lake lake)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (lake.Status("v").Error is null)
        {
            await Task.Delay(10, limit.Token);
        }

        return await Assert.ThrowsAsync<TarnException>(() => lake.RowsNowAsync("v"));
    }
}
