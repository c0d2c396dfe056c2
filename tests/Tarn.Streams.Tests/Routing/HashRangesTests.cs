using System.Globalization;
using Tarn.Streams.Routing;

namespace Tarn.Streams.Tests.Routing;

public sealed class HashRangesTests
{
    [Fact]
    public void Split_ThreeShards_GivesTheRangesThatKinesisDocuments() => Assert.Equal(
        [
            ("0", "113427455640312821154458202477256070484"),
            ("113427455640312821154458202477256070485", "226854911280625642308916404954512140969"),
            ("226854911280625642308916404954512140970", "340282366920938463463374607431768211455"),
        ],
        HashRanges.Split(3).Select(range => (
            range.From.ToString(CultureInfo.InvariantCulture), range.To.ToString(CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Split_AnyCount_CoversEveryKeyOnceAndEvenly(int count)
    {
        var ranges = HashRanges.Split(count);

        Assert.Equal(count, ranges.Length);
        Assert.Equal((UInt128.Zero, UInt128.MaxValue), (ranges[0].From, ranges[^1].To));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.To + 1, pair.Second.From));
        Assert.True(ranges[^1].To - ranges[^1].From - (ranges[0].To - ranges[0].From) < (UInt128)count);
    }
}
