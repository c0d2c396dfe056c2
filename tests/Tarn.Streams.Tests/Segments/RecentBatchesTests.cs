using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Segments;

public sealed class RecentBatchesTests
{
    [Fact]
    public void Seek_AnyOfTheRecentOnes_IsExactlyItsPlace()
    {
        var recent = new RecentBatches();
        for (var i = 1; i <= 5000; i++)
        {
            recent.Add(new BatchPlace((ulong)(i * 10), i * 1000, i * 100));
            var oldest = Math.Max(1, i - RecentBatches.CountMin + 1);
            Assert.Equal(i * 100, recent.SeekSequence((ulong)(i * 10) + 9));
            Assert.Equal(oldest * 100, recent.SeekSequence((ulong)(oldest * 10)));
            Assert.Equal(oldest * 100, recent.SeekTime((oldest * 1000) + 1));
            Assert.Equal(0, recent.SeekSequence((ulong)Math.Max(0, i - (2 * RecentBatches.CountMin)) * 10));
        }
    }
}
