using Tarn.Delivery.Batches;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Tests.Batches;

public sealed class BatchRangeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 4, 59, 59, TimeSpan.Zero);

    [Fact]
    public void TryAdd_RecordsOfOneHour_AreOneRange()
    {
        Assert.True(BatchRange.Empty.TryAdd(Record(7, Start, 9), bytesMax: 100, TimeZoneInfo.Utc, out var batch));
        Assert.True(
            batch.TryAdd(Record(9, Start.AddMilliseconds(999), 19), bytesMax: 100, TimeZoneInfo.Utc, out batch));

        Assert.Equal(
            new BatchRange(
                new SequenceNumber(7),
                new SequenceNumber(9),
                2,
                30,
                Start,
                ArrivalHour.Of(Start, TimeZoneInfo.Utc)),
            batch);
    }

    [Fact]
    public void TryAdd_NextHour_StaysOutside()
    {
        BatchRange.Empty.TryAdd(Record(7, Start, 9), bytesMax: 100, TimeZoneInfo.Utc, out var batch);

        Assert.False(batch.TryAdd(Record(8, Start.AddSeconds(1), 9), bytesMax: 100, TimeZoneInfo.Utc, out var same));
        Assert.Equal(batch, same);
    }

    [Fact]
    public void TryAdd_OverTheSize_StaysOutsideUnlessAlone()
    {
        Assert.True(BatchRange.Empty.TryAdd(Record(7, Start, 500), bytesMax: 100, TimeZoneInfo.Utc, out var batch));
        Assert.False(batch.TryAdd(Record(8, Start, 1), bytesMax: 100, TimeZoneInfo.Utc, out _));
    }

    [Fact]
    public void TryAdd_HalfPastInAZoneOffByHalfAnHour_IsTheNextHour()
    {
        var india = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        var before = new DateTimeOffset(2026, 11, 23, 4, 29, 59, TimeSpan.Zero);

        Assert.True(BatchRange.Empty.TryAdd(Record(7, before, 9), bytesMax: 100, india, out var batch));

        Assert.False(batch.TryAdd(Record(8, before.AddSeconds(1), 9), bytesMax: 100, india, out _));
    }

    private static StreamRecord Record(ulong number, DateTimeOffset arrival, int bytes) =>
        new(new SequenceNumber(number), arrival, "key"u8.ToArray(), new byte[bytes]);
}
