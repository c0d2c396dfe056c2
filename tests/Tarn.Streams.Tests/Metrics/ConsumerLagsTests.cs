using Tarn.Primitives.Identity;
using Tarn.Streams.Metrics;

namespace Tarn.Streams.Tests.Metrics;

/// <summary>Positions of consumers against the tips of their streams.</summary>
public sealed class ConsumerLagsTests
{
    [Fact]
    public async Task Lag_OfAConsumerBehind_IsItsAgeAndTheRecordsItHasNotConsumed()
    {
        await using var lake = await Lake.OpenAsync();
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.CreateAsync("scores", shards: 2);
        var first = await lake.PutAsync("scores", [Lake.Entry("1", hash: 0), Lake.Entry("2", hash: 0)]);
        await lake.PutAsync("scores", [Lake.Entry("3", hash: UInt128.MaxValue)]);
        lake.Rooms.Add(new Room(
            new ConsumerPosition("scores", "raw", ConsumerKind.Delivery, 700, Next(first[1].SequenceNumber)),
            new ConsumerPosition("gone", "raw", ConsumerKind.Delivery, 700, Next(first[1].SequenceNumber))));
        lake.Rooms.Add(new Room(
            new ConsumerPosition("scores", "games", ConsumerKind.View, 0, Next(first[1].SequenceNumber.Next))));

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["stream=scores,consumer=raw,kind=delivery"] = 700,
                ["stream=scores,consumer=games,kind=view"] = 0,
            },
            scrape.Of("tarn.consumer.lag"));
        Assert.Equal(1, scrape.Of("tarn.consumer.lag.records")["stream=scores,consumer=raw,kind=delivery"]);
        Assert.Equal(0, scrape.Of("tarn.consumer.lag.records")["stream=scores,consumer=games,kind=view"]);
    }

    private static Dictionary<string, SequenceNumber> Next(SequenceNumber next) => new() { [Lake.Shard0] = next };

    private sealed class Room(params ConsumerPosition[] positions) : IConsumerPositions
    {
        public IReadOnlyList<ConsumerPosition> List() => positions;
    }
}
