using Microsoft.Extensions.Time.Testing;
using Tarn.ContinuousQueries.Details;
using Tarn.ContinuousQueries.Runtime;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>What is told of views beside their status.</summary>
public sealed class DetailsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void BatchTimes_OfASecond_AreOneEntryWithTheSlowest()
    {
        var time = new FakeTimeProvider(Noon.AddMilliseconds(250));
        var times = new BatchTimes(time);
        Assert.Empty(times.Seconds);

        times.Saw(10, TimeSpan.FromMilliseconds(5));
        times.Saw(20, TimeSpan.FromMilliseconds(3));
        time.Advance(TimeSpan.FromSeconds(2));
        times.Saw(1, TimeSpan.FromMilliseconds(1.25));

        Assert.Equal([new BatchTime(Noon, 2, 30, 5), new BatchTime(Noon.AddSeconds(2), 1, 1, 1.25)], times.Seconds);
    }

    [Fact]
    public void BatchTimes_OfALongTime_KeepTheNewestSeconds()
    {
        var time = new FakeTimeProvider(Noon);
        var times = new BatchTimes(time);
        for (var i = 0; i < BatchTimes.SecondsMax + 50; i++)
        {
            times.Saw(i, TimeSpan.FromMilliseconds(1));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(BatchTimes.SecondsMax, times.Seconds.Count);
        Assert.Equal(BatchTimes.SecondsMax + 49, times.Seconds[^1].Records);
        Assert.Equal(50, times.Seconds[0].Records);
    }

    [Fact]
    public async Task Find_OfAView_GivesInputsBatchesLateAndBadRecordsNewestFirst()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("""
            CREATE SOURCE clicks (n BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5 seconds')
            FROM STREAM 'scores' FORMAT JSON
            """);
        await lake.RunAsync("""
            CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) AS c
            FROM TUMBLE(clicks, ts, INTERVAL '1 minute') GROUP BY window_start
            """);
        await lake.PutAsync("""{"n":1,"ts":"2026-01-02 12:05:00"}""", "not json", """{"n":"x"}""");
        await lake.CatchUpAsync("v");
        await lake.PutAsync("""{"n":2,"ts":"2026-01-02 12:00:00"}""");
        await lake.CatchUpAsync("v");
        var reader = new QueryDetailsReader(lake.Engine);

        var details = reader.Find("V", rowsMax: 1)!;

        Assert.Equal([new QueryInput("clicks", "scores")], details.Inputs);
        Assert.Equal(4, details.Batches.Sum(second => second.Records));
        var late = Assert.Single(details.Late);
        Assert.Equal((Noon, Noon.AddMinutes(5).AddSeconds(-5)), (late.EventTime, late.Watermark));
        Assert.Contains("\"n\":2", late.Record, StringComparison.Ordinal);
        var error = Assert.Single(details.Errors);
        Assert.Contains("x", error.Reason, StringComparison.Ordinal);
        Assert.Equal(2, reader.Find("v", rowsMax: 9)!.Errors.Count);
        Assert.Null(reader.Find("w", rowsMax: 1));
    }

    [Fact]
    public async Task Sources_TellColumnsWatermarkAndReaders()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("""
            CREATE SOURCE clicks (n BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5 seconds')
            FROM STREAM 'scores' FORMAT JSON
            """);
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT n, count(*) AS c FROM clicks GROUP BY n");

        var sources = new QueryDetailsReader(lake.Engine).Sources();

        Assert.Equal(["clicks", "scores"], sources.Select(source => source.Name));
        Assert.Equal(("scores", "JSON", "ts - 5 seconds"), (
            sources[0].Stream, sources[0].Format, sources[0].Watermark));
        Assert.Equal([new SourceColumnStatus("n", "BIGINT"), new SourceColumnStatus("ts", "TIMESTAMP")],
            sources[0].Columns);
        Assert.Equal(["v"], sources[0].ReadBy);
        Assert.Empty(sources[1].ReadBy);
    }
}
