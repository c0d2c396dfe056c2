using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Segments;

public sealed class SparseIndexTests
{
    [Fact]
    public void Seek_EveryNumberAndTime_EndsAtOrBeforeItAndNear()
    {
        const int Length = 10_000;
        var index = new SparseIndex();
        for (var i = 0; i < 1000; i++)
        {
            index.Add(new BatchPlace((ulong)(100 + (i * 5)), 1000 + (i / 3), SegmentHeader.Size + (i * Length)));
        }

        for (var i = 0; i < 1000; i++)
        {
            var offset = SegmentHeader.Size + (i * Length);
            var firstOfTime = SegmentHeader.Size + (i / 3 * 3 * Length);
            Assert.InRange(
                index.SeekSequence((ulong)(102 + (i * 5))), offset - SparseIndex.BytesBetween - Length, offset);
            Assert.InRange(
                index.SeekTime(1000 + (i / 3)), firstOfTime - SparseIndex.BytesBetween - Length, firstOfTime);
        }
    }

    [Fact]
    public void Seek_BeforeEverything_IsTheBeginning()
    {
        var index = new SparseIndex();

        Assert.Equal((64, 64), (index.SeekSequence(5), index.SeekTime(5)));
        index.Add(new BatchPlace(100, 100, 64));
        Assert.Equal((64, 64), (index.SeekSequence(5), index.SeekTime(5)));
    }
}
