using Tarn.Streams.Resharding;

namespace Tarn.Streams.Tests.Resharding;

public sealed class LoadSplitsTests
{
    private static readonly OnDemandOptions Options = new();

    [Theory]
    [InlineData(838_860.8, 0, false)]
    [InlineData(838_861, 0, true)]
    [InlineData(0, 800, false)]
    [InlineData(0, 800.1, true)]
    [InlineData(0, 0, false)]
    public void Decide_AroundFourFifthsOfAShard_SplitsAboveOnly(double bytes, double records, bool splits)
    {
        var decided = LoadSplits.Decide([Load(3, 0, UInt128.MaxValue, bytes, records)], Options);

        Assert.Equal(splits ? [(3u, UInt128.One << 127)] : [], decided);
    }

    [Fact]
    public void Decide_NearTheLimit_TheFullestAreSplitFirst()
    {
        var loads = Enumerable.Range(0, 198).Select(i => Load((uint)i, 0, 1000, 0, i is 5 or 6 or 7 ? 900 + i : 10));

        var decided = LoadSplits.Decide([.. loads], Options);

        Assert.Equal([7u, 6u], decided.Select(split => split.Number));
        Assert.Empty(LoadSplits.Decide([.. loads], Options with { ShardsMax = 100 }));
    }

    [Theory]
    [InlineData(8, 11, 10)]
    [InlineData(8, 12, 11)]
    [InlineData(0, 1001, 501)]
    public void Decide_SmallRange_HalvesAreOfOneSizeOrOneKeyApart(uint from, uint to, uint middle)
    {
        Assert.Equal(middle, LoadSplits.Decide([Load(1, from, to, 0, 5000)], Options).Single().Middle);
    }

    [Fact]
    public void Decide_RangeThatCannotBeSplit_StaysAsItIs()
    {
        Assert.Empty(LoadSplits.Decide([Load(1, 8, 10, 0, 5000)], Options));
    }

    private static ShardLoad Load(uint number, UInt128 from, UInt128 to, double bytes, double records) =>
        new(number, from, to, bytes, records);
}
