using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Identity;
using Tarn.Streams.Rates;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Rates;

public sealed class ReadLimitTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly ReadLimit _limit;

    public ReadLimitTests() => _limit = new ReadLimit(_clock);

    [Fact]
    public void TryRead_SmallReads_FiveInAnySecond()
    {
        Assert.Equal(3, Enumerable.Range(0, 3).Count(_ => Passes(0)));
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(2, Enumerable.Range(0, 4).Count(_ => Passes(0)));
        _clock.Advance(TimeSpan.FromMilliseconds(700) - Tick);
        Assert.False(Passes(0));
        _clock.Advance(Tick);
        Assert.Equal(3, Enumerable.Range(0, 9).Count(_ => Passes(0)));
    }

    [Fact]
    public void TryRead_10Mebibytes_ClosesTheShardForFiveSeconds()
    {
        Assert.True(Passes(10 << 20));
        _clock.Advance(TimeSpan.FromSeconds(5) - Tick);
        Assert.False(Passes(0));
        _clock.Advance(Tick);
        Assert.True(Passes(10 << 20));
        Assert.False(Passes(0));
    }

    [Fact]
    public void TryRead_TwoMebibytesInParts_ClosesTheShardForTheRestOfTheSecond()
    {
        Assert.True(Passes(1 << 20));
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.True(Passes((1 << 20) - 1));
        Assert.True(Passes(1));
        Assert.False(Passes(0));
        _clock.Advance(TimeSpan.FromMilliseconds(600) - Tick);
        Assert.False(Passes(0));
        _clock.Advance(Tick);
        Assert.True(Passes(0));
    }

    [Fact]
    public void TryRead_MoreThanTheSecondHolds_IsPaidForFromItsOldestRead()
    {
        Assert.True(Passes(1 << 20));
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.True(Passes(3 << 20));
        _clock.Advance(TimeSpan.FromMilliseconds(1500) - Tick);
        Assert.False(Passes(0));
        _clock.Advance(Tick);
        Assert.True(Passes(0));
    }

    private bool Passes(int bytes)
    {
        var record = new StreamRecord(SequenceNumber.Zero, default, default, new byte[bytes]);
        return _limit.TryRead(() => new ReadBatch([record], SequenceNumber.Zero, ShardEnded: false, 0)) is not null;
    }
}
