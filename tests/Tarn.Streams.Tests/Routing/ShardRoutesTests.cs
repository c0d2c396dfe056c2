using Tarn.Streams.Definitions;
using Tarn.Streams.Routing;

namespace Tarn.Streams.Tests.Routing;

public sealed class ShardRoutesTests
{
    [Fact]
    public void Find_EveryBoundary_GivesTheOwner()
    {
        var routes = new ShardRoutes(
            [.. HashRanges.Split(37).Select((range, i) => Shard((uint)i, range.From, range.To))]);

        foreach (var (range, i) in HashRanges.Split(37).Select((range, i) => (range, i)))
        {
            Assert.Equal((i, i), (routes.Find(range.From), routes.Find(range.To)));
        }
    }

    [Fact]
    public void Find_ClosedShards_AreNeverFound()
    {
        var half = UInt128.MaxValue / 2;
        var routes = new ShardRoutes([
            Shard(0, 0, UInt128.MaxValue) with { SequenceTo = 5 },
            Shard(1, half + 1, UInt128.MaxValue) with { Parent = 0 },
            Shard(2, 0, half) with { Parent = 0 },
        ]);

        Assert.Equal([2, 2, 1, 1], new UInt128[] { 0, half, half + 1, UInt128.MaxValue }.Select(routes.Find));
    }

    private static ShardDefinition Shard(uint number, UInt128 from, UInt128 to) =>
        new() { Number = number, HashFrom = from, HashTo = to, SequenceFrom = 1 };
}
