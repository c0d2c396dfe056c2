using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests.Joins;

/// <summary>Joins of two streams whose event times are bound to each other.</summary>
public sealed class IntervalJoinTests
{
    private const string Paid = "CREATE MATERIALIZED VIEW paid AS SELECT o.id, count(*) AS n FROM orders o "
        + "JOIN payments p ON p.id = o.id AND p.at BETWEEN o.ts AND o.ts + INTERVAL '5 minutes' GROUP BY o.id";

    [Fact]
    public async Task Join_PartnersInAnyOrderOverARestart_AreFoundOnce()
    {
        await using var lake = await OpenAsync();
        await lake.RunAsync(Paid);
        await lake.PutAsync("payments", ["""{"id":1,"at":"2026-03-24 10:04:00"}"""]);
        await lake.PutAsync("orders", [Order(2, "10:00:00"), Order(3, "10:00:00")]);
        await lake.CatchUpAsync("paid");
        await lake.CrashAsync();
        await lake.PutAsync("orders", [Order(1, "10:00:00")]);
        await lake.CatchUpAsync("paid");
        await lake.RestartAsync();
        await lake.PutAsync("payments",
        [
            """{"id":2,"at":"2026-03-24 10:05:00"}""", """{"id":2,"at":"2026-03-24 10:00:00"}""",
            """{"id":3,"at":"2026-03-24 10:05:01"}""",
        ]);

        Assert.Equal(["1 | 1", "2 | 2"], await lake.RowsAsync("paid"));
    }

    [Fact]
    public async Task Join_WatermarkPassesThePartnersTime_RowsGoAndLateOnesAreKeptApart()
    {
        await using var lake = await OpenAsync();
        await lake.RunAsync(Paid);
        await lake.PutAsync("orders", [Order(1, "10:00:00"), Order(2, "11:00:00")]);
        await lake.PutAsync("payments", ["""{"id":9,"at":"2026-03-24 11:00:00"}"""]);
        await lake.CatchUpAsync("paid");
        await lake.PutAsync("payments", ["""{"id":1,"at":"2026-03-24 10:01:00"}"""]);
        await lake.PutAsync("orders", [Order(9, "10:59:00")]);

        Assert.Empty(await lake.RowsAsync("paid"));
        Assert.Equal(2, lake.Status("paid").LateRecords);
        Assert.Equal(2, lake.Status("paid").Groups);
        Assert.Equal(
            [
                "orders | {\"id\":9,\"ts\":\"2026-03-24 10:59:00\"}",
                "payments | {\"id\":1,\"at\":\"2026-03-24 10:01:00\"}",
            ],
            await lake.TableAsync("paid_late", "source, record"));
    }

    [Fact]
    public async Task Join_WithoutBoundOnOneEnd_NeedsATtlAsBefore()
    {
        await using var lake = await OpenAsync();

        var refusal = await Record.ExceptionAsync(() => lake.RunAsync(
            "CREATE MATERIALIZED VIEW v AS SELECT o.id, count(*) AS n FROM orders o JOIN payments p "
            + "ON p.id = o.id AND p.at >= o.ts GROUP BY o.id"));

        Assert.Equal("this view keeps every row of 'o', and nothing says for how long", refusal?.Message);
    }

    [Fact]
    public async Task Explain_IntervalJoin_ShowsBothSidesAndWhenTheyGo()
    {
        await using var lake = await OpenAsync();

        var plan = (await lake.ReadAsync("EXPLAIN " + Paid)).Rows.Select(row => row[0]!).ToList();

        Assert.Contains(
            "  state 0 joins: new rows of states 1 and 2 with each other and with the rows kept there", plan);
        Assert.Contains("  state 2 reads: source payments, stream 'payments', JSON, watermark at", plan);
        Assert.Equal(2, plan.Count(line => line.StartsWith("    removes: rows whose", StringComparison.Ordinal)));
    }

    private static string Order(int id, string time) => $$"""{"id":{{id}},"ts":"2026-03-24 {{time}}"}""";

    private static async Task<Lake> OpenAsync()
    {
        var lake = await Lake.OpenAsync();
        foreach (var (stream, time) in new[] { ("orders", "ts"), ("payments", "at") })
        {
            await lake.Streams.CreateAsync(new StreamSpec { Name = stream }, CancellationToken.None);
            await lake.RunAsync($"CREATE SOURCE {stream} (id BIGINT, {time} TIMESTAMP, WATERMARK FOR {time} AS {time}) "
                + $"FROM STREAM '{stream}' FORMAT JSON");
        }

        return lake;
    }
}
