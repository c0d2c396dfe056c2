using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Segments;

public sealed class SegmentIndexFileTests
{
    private const long Length = 5_000_000;
    private const uint Salt = 0x1234;

    [Fact]
    public void Read_WhatWasWritten_IsTheSameIndex()
    {
        var index = Sample();

        var read = SegmentIndexFile.Read(SegmentIndexFile.Write(index, Length, Salt), Length, Salt);

        Assert.Equal(index.Places.ToArray(), read!.Places.ToArray());
    }

    [Fact]
    public void Read_AnyByteFlippedOrMissing_IsNotAnIndex()
    {
        var bytes = SegmentIndexFile.Write(Sample(), Length, Salt);
        for (var at = 0; at < bytes.Length; at++)
        {
            var flipped = bytes.ToArray();
            flipped[at] ^= 4;
            Assert.Null(SegmentIndexFile.Read(flipped, Length, Salt));
            Assert.Null(SegmentIndexFile.Read(bytes.AsSpan(0, at), Length, Salt));
        }
    }

    [Fact]
    public void Read_OfAnotherSegmentOrLength_IsNotItsIndex()
    {
        var bytes = SegmentIndexFile.Write(Sample(), Length, Salt);

        Assert.Null(SegmentIndexFile.Read(bytes, Length + 1, Salt));
        Assert.Null(SegmentIndexFile.Read(bytes, Length, Salt + 1));
        Assert.Null(SegmentIndexFile.Read([.. bytes, 0], Length, Salt));
    }

    [Fact]
    public void Read_FileOfVersion1_GivesItsPlaces()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "testdata", "index-v1", "01858460870246400000.index");
        var id = new SegmentId(Guid.Parse("01a20764-bd07-75ce-afe6-ea20d2bd6820"), 0, 1858460870246400000);

        var index = SegmentIndexFile.Read(File.ReadAllBytes(file), segmentLength: 210_205, id.Salt);

        Assert.Equal(
            [
                new BatchPlace(id.BaseSequence, 1_772_366_400_000, 64),
                new BatchPlace(id.BaseSequence + 1, 1_772_366_401_000, 70_111),
                new BatchPlace(id.BaseSequence + 2, 1_772_366_402_000, 140_158),
            ],
            index!.Places.ToArray());
    }

    private static SparseIndex Sample()
    {
        var index = new SparseIndex();
        for (var i = 0; i < 20; i++)
        {
            index.Add(new BatchPlace(1ul << 60 | (uint)i, 1_772_366_400_000 + i, 64 + (i * 100_000L)));
        }

        return index;
    }
}
