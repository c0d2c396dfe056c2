using Tarn.Primitives.Identity;

namespace Tarn.Streams.Tests.Metrics;

/// <summary>Series per shard are there for what is switched on, and for nothing else.</summary>
public sealed class ShardInstrumentsTests
{
    [Fact]
    public async Task Series_OfAMetricThatIsSwitchedOn_AreOnePerShardOfThatStream()
    {
        await using var lake = await Lake.OpenAsync();
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.CreateAsync("scores", shards: 2);
        await lake.CreateAsync("others");
        await lake.PutAsync("scores", [Lake.Entry("12345", "a", hash: 0), Lake.Entry("678", "b", hash: 0)]);
        Assert.Empty(scrape.Of("tarn.shard.incoming.bytes"));

        await lake.Streams.ConfigureAsync(
            "scores", spec => spec with { EnhancedMetrics = EnhancedMetrics.IncomingBytes }, CancellationToken.None);

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["stream=scores,shard=shardId-000000000000"] = 10,
                ["stream=scores,shard=shardId-000000000001"] = 0,
            },
            scrape.Of("tarn.shard.incoming.bytes"));
        Assert.Empty(scrape.Of("tarn.shard.incoming.records"));
    }

    [Fact]
    public async Task Series_OfAllMetrics_TellPutsReadsAndAge()
    {
        await using var lake = await Lake.OpenAsync();
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.Streams.CreateAsync(
            new StreamSpec { Name = "scores", EnhancedMetrics = EnhancedMetrics.All }, CancellationToken.None);
        await lake.PutAsync("scores", "12");
        lake.Clock.Advance(TimeSpan.FromSeconds(3));
        await lake.PutAsync("scores", "34");
        await lake.ReadAsync("scores", SequenceNumber.Zero, recordsMax: 1);
        var log = lake.Registry.Get("scores").Logs[0];
        log.Counters.Throttled(5);
        log.Counters.ReadThrottled();

        const string Shard = "stream=scores,shard=" + Lake.Shard0;
        Assert.Equal(2, scrape.Of("tarn.shard.incoming.records")[Shard]);
        Assert.Equal(6, scrape.Of("tarn.shard.incoming.bytes")[Shard]);
        Assert.Equal(1, scrape.Of("tarn.shard.outgoing.records")[Shard]);
        Assert.Equal(3, scrape.Of("tarn.shard.outgoing.bytes")[Shard]);
        Assert.Equal(5, scrape.Of("tarn.shard.throttled.records")[Shard]);
        Assert.Equal(1, scrape.Of("tarn.shard.throttled.reads")[Shard]);
        Assert.Equal(3000, scrape.Of("tarn.shard.iterator.age")[Shard]);
        Assert.Equal(5, scrape.Of("tarn.stream.throttled.records")["stream=scores"]);
    }
}
