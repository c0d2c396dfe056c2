using System.Globalization;
using Tarn.ContinuousQueries.Zones;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests.Zones;

/// <summary>Windows that begin and end by the local time of a zone.</summary>
public sealed class ZoneWindowTests
{
    private const long Hour = 3_600_000_000;
    private const long Day = 24 * Hour;

    [Theory]
    [InlineData("2026-03-28 23:30:00", "2026-03-28T23:00:00.0000000 | 2026-03-29T22:00:00.0000000 | 1")]
    [InlineData("2026-10-25 22:30:00", "2026-10-24T22:00:00.0000000 | 2026-10-25T23:00:00.0000000 | 1")]
    [InlineData("2026-07-01 22:00:00", "2026-07-01T22:00:00.0000000 | 2026-07-02T22:00:00.0000000 | 1")]
    public async Task Tumble_DaysOfAZone_AreAsLongAsTheyAre(string time, string row)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT window_start, window_end, count(*) AS n "
            + "FROM TUMBLE(scores, played, INTERVAL '1 day', timezone := 'Europe/Berlin') GROUP BY ALL");

        await lake.PutAsync($$"""{"played":"{{time}}"}""");

        Assert.Equal([row], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Hop_OverAChangeOfTheClock_EveryEventIsInAllItsWindows()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT window_start, window_end, count(*) AS n FROM "
            + "HOP(scores, played, INTERVAL '12 hours', INTERVAL '1 day', timezone := 'Europe/Berlin') GROUP BY ALL");

        await lake.PutAsync("""{"played":"2026-03-29 04:00:00"}""", """{"played":"2026-03-29 12:00:00"}""");

        Assert.Equal(
            [
                "2026-03-28T11:00:00.0000000 | 2026-03-29T10:00:00.0000000 | 1",
                "2026-03-28T23:00:00.0000000 | 2026-03-29T22:00:00.0000000 | 2",
                "2026-03-29T10:00:00.0000000 | 2026-03-30T10:00:00.0000000 | 1",
            ],
            await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Tumble_WeeksOfAZoneFromMonday_TakeAnOffsetToo()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) AS n FROM TUMBLE("
            + "scores, played, INTERVAL '7 days', INTERVAL '4 days', timezone := 'America/New_York') GROUP BY ALL");

        await lake.PutAsync("""{"played":"2026-11-23 05:00:00"}""", """{"played":"2026-11-23 04:59:59"}""");

        Assert.Equal(
            ["2026-11-16T05:00:00.0000000 | 1", "2026-11-23T05:00:00.0000000 | 1"], await lake.RowsAsync("v"));
    }

    [Theory]
    [InlineData("TUMBLE(scores, played, INTERVAL '1 day', timezone := 'Europe/Berln')",
        "'Europe/Berln' is not a time zone that is known here", "Europe/Berlin")]
    [InlineData("TUMBLE(scores, played, INTERVAL '1 day', timezone := 5)", "TUMBLE's timezone is not a text",
        "timezone := 'Europe/Berlin'")]
    [InlineData("TUMBLE(scores, played, INTERVAL '1 day', timezon := 'UTC')", "TUMBLE has no argument 'timezon'",
        "timezone")]
    [InlineData("TUMBLE(scores, played, INTERVAL '5 minutes', timezone := 'Europe/Berlin')",
        "TUMBLE with a timezone needs intervals of whole hours", "leave the timezone out")]
    [InlineData("SESSION(scores, played, INTERVAL '1 hour', user_id, timezone := 'Europe/Berlin')",
        "SESSION has no argument 'timezone'", "a session begins with its first event")]
    [InlineData("TUMBLE(scores, played, INTERVAL '1 day', timezone := '../../etc/passwd')",
        "'../../etc/passwd' is not a time zone that is known here", "")]
    public async Task Create_WrongZone_IsRefused(string window, string message, string hint)
    {
        await using var lake = await Lake.OpenAsync();

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(
            $"CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) AS n FROM {window} GROUP BY ALL"));

        Assert.Equal(message, refusal.Message);
        Assert.Contains(hint, refusal.Hint ?? "");
    }

    [Theory]
    [InlineData("Europe/Berlin", Day)]
    [InlineData("Europe/Berlin", Hour)]
    [InlineData("America/New_York", 6 * Hour)]
    [InlineData("America/Havana", Day)]
    [InlineData("Australia/Lord_Howe", Hour)]
    [InlineData("Pacific/Apia", Day)]
    [InlineData("Antarctica/Troll", Hour)]
    public void SlotOf_AnyInstant_LiesInItsWindowAndWindowsFollowEachOther(string id, long slide)
    {
        var clock = ZoneClock.Find(id);
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var time = random.NextInt64(0, 2_000_000_000_000_000);
            var local = clock.SlotOf(time, slide, 0);

            Assert.Equal(0, local % slide);
            Assert.True(clock.InstantOf(local) <= time && time < clock.InstantOf(local + slide), $"{time}");
        }
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    public async Task Days_OfManyYears_AreThoseOfDuckDb(string id)
    {
        await using var lake = await Lake.OpenAsync();
        using var duckDb = lake.OpenDuckDb("zones");
        using var session = duckDb.OpenSession();
        var clock = ZoneClock.Find(id);

        using var days = await session.QueryAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT day * {Day}, epoch_us(timezone('{id}', make_timestamp(day * {Day}))) "
                + $"FROM range(11000, 24000) AS days(day)"),
            CancellationToken.None);

        var count = 0;
        for (; days.Read(); count++)
        {
            Assert.Equal((long)days.GetValue(1)!, clock.InstantOf((long)days.GetValue(0)!));
        }

        Assert.Equal(13_000, count);
    }
}
