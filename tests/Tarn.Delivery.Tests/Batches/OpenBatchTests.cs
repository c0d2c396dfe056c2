using Tarn.Delivery.Batches;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Tests.Batches;

public sealed class OpenBatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 4, 59, 59, TimeSpan.Zero);

    [Fact]
    public void TryAdd_RecordsOfOneHour_AreOneRange()
    {
        Assert.True(OpenBatch.Empty.TryAdd(Record(7, Start, 9), bytesMax: 100, out var batch));
        Assert.True(batch.TryAdd(Record(9, Start.AddMilliseconds(999), 19), bytesMax: 100, out batch));

        Assert.Equal(
            new OpenBatch(new SequenceNumber(7), new SequenceNumber(9), 2, 30, Start, ArrivalHour.Of(Start)), batch);
    }

    [Fact]
    public void TryAdd_NextHour_StaysOutside()
    {
        OpenBatch.Empty.TryAdd(Record(7, Start, 9), bytesMax: 100, out var batch);

        Assert.False(batch.TryAdd(Record(8, Start.AddSeconds(1), 9), bytesMax: 100, out var same));
        Assert.Equal(batch, same);
    }

    [Fact]
    public void TryAdd_OverTheSize_StaysOutsideUnlessAlone()
    {
        Assert.True(OpenBatch.Empty.TryAdd(Record(7, Start, 500), bytesMax: 100, out var batch));
        Assert.False(batch.TryAdd(Record(8, Start, 1), bytesMax: 100, out _));
    }

    [Theory]
    [InlineData("2026-11-23T04:59:59Z", "year=2026/month=11/day=23/hour=04/")]
    [InlineData("2026-12-31T23:30:00-01:00", "year=2027/month=01/day=01/hour=00/")]
    [InlineData("0999-01-02T03:00:00Z", "year=0999/month=01/day=02/hour=03/")]
    public void Path_OfAnHour_IsUtc(string arrival, string path) => Assert.Equal(
        path,
        ArrivalHour.Of(DateTimeOffset.Parse(arrival, System.Globalization.CultureInfo.InvariantCulture)).Path);

    private static StreamRecord Record(ulong number, DateTimeOffset arrival, int bytes) =>
        new(new SequenceNumber(number), arrival, "key"u8.ToArray(), new byte[bytes]);
}
