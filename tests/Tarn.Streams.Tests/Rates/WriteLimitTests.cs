using Microsoft.Extensions.Time.Testing;
using Tarn.Streams.Rates;

namespace Tarn.Streams.Tests.Rates;

public sealed class WriteLimitTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly WriteLimit _limit;

    public WriteLimitTests() => _limit = new WriteLimit(_clock);

    [Fact]
    public void TryTake_Records_AThousandInAnySecond()
    {
        Assert.Equal(600, Take(600));
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(400, Take(500));
        _clock.Advance(TimeSpan.FromMilliseconds(500) - Tick);
        Assert.Equal(0, Take(1));
        _clock.Advance(Tick);
        Assert.Equal(600, Take(700));
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(400, Take(1000));
    }

    [Fact]
    public void TryTake_Bytes_AMebibyteInAnySecond()
    {
        Assert.True(_limit.TryTake((1 << 20) - 10));
        Assert.False(_limit.TryTake(11));
        Assert.True(_limit.TryTake(10));
        Assert.False(_limit.TryTake(1));
        _clock.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.False(_limit.TryTake(1));
        _clock.Advance(Tick);
        Assert.True(_limit.TryTake(1 << 20));
        Assert.False(_limit.TryTake(1));
    }

    [Fact]
    public void TryTake_RecordOf10Mebibytes_PassesAloneAndIsPaidFor()
    {
        Assert.True(_limit.TryTake(1));
        Assert.False(_limit.TryTake(10 << 20));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_limit.TryTake(10 << 20));
        _clock.Advance(TimeSpan.FromSeconds(10) - Tick);
        Assert.False(_limit.TryTake(1));
        _clock.Advance(Tick);
        Assert.True(_limit.TryTake(1 << 20));
    }

    [Fact]
    public void TryTake_RandomLoad_PassesExactlyWhatFits()
    {
        var random = new Random(3);
        var taken = new List<(long At, int Bytes)>();
        var refused = 0;
        for (var i = 0; i < 30_000; i++)
        {
            _clock.Advance(TimeSpan.FromTicks(random.Next(20_000)));
            var bytes = random.Next(1, random.Next(10) == 0 ? 20_000 : 900);
            var now = _clock.GetTimestamp();
            var second = taken.AsEnumerable().Reverse().TakeWhile(one => one.At > now - _clock.TimestampFrequency)
                .ToList();
            var fits = second.Count < WriteLimit.RecordsPerSecond
                && second.Sum(one => one.Bytes) + bytes <= WriteLimit.BytesPerSecond;

            Assert.Equal(fits, _limit.TryTake(bytes));
            refused += fits ? 0 : 1;
            if (fits)
            {
                taken.Add((now, bytes));
            }
        }

        Assert.InRange(refused, 100, 29_000);
    }

    private int Take(int records) => Enumerable.Range(0, records).Count(_ => _limit.TryTake(1));
}
