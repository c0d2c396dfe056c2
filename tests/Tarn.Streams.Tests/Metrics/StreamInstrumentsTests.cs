using Tarn.Primitives.Identity;
using Tarn.Streams.Segments;
using Tarn.Streams.Tests.Shards;

namespace Tarn.Streams.Tests.Metrics;

/// <summary>What the meter tells, against what was really put, read and broken.</summary>
public sealed class StreamInstrumentsTests
{
    [Fact]
    public async Task Totals_AfterPutsAndReads_AreWhatWasPutAndRead()
    {
        await using var lake = await Lake.OpenAsync();
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.CreateAsync("scores", shards: 2);
        await lake.CreateAsync("idle");
        await lake.PutAsync("scores", [Lake.Entry("12345", "a", hash: 0), Lake.Entry("678", "bc", UInt128.MaxValue)]);
        await lake.ReadAsync("scores", SequenceNumber.Zero);

        Assert.Equal(2, scrape.Of("tarn.stream.incoming.records")["stream=scores"]);
        Assert.Equal(11, scrape.Of("tarn.stream.incoming.bytes")["stream=scores"]);
        Assert.Equal(1, scrape.Of("tarn.stream.outgoing.records")["stream=scores"]);
        Assert.Equal(6, scrape.Of("tarn.stream.outgoing.bytes")["stream=scores"]);
        Assert.Equal(0, scrape.Of("tarn.stream.incoming.records")["stream=idle"]);
        Assert.Equal(2, scrape.Of("tarn.stream.open.shards")["stream=scores"]);
    }

    [Fact]
    public async Task Histograms_AfterOnePut_HoldOneCommitWithItsRecords()
    {
        await using var lake = await Lake.OpenAsync();
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", [Lake.Entry("1"), Lake.Entry("2"), Lake.Entry("3")]);

        Assert.Equal([3], scrape.Recorded("tarn.stream.commit.records"));
        Assert.Single(scrape.Recorded("tarn.stream.fsync.duration"));
    }

    [Fact]
    public async Task DeletedStream_IsNotMeasuredAndItsSuccessorStartsAtZero()
    {
        await using var lake = await Lake.OpenAsync();
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "1");
        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        Assert.Empty(scrape.Of("tarn.stream.incoming.records"));
        await lake.CreateAsync("scores");

        Assert.Equal(0, scrape.Of("tarn.stream.incoming.records")["stream=scores"]);
        Assert.Null(lake.Figures.Find("gone"));
        Assert.Equal(0, lake.Figures.Find("scores")!.IncomingRecords);
    }

    [Fact]
    public async Task FailedFsync_StopsAShardAndCountsWhatWasNotTaken()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "good");
        disk.OnFlush = new IOException("fsync failed");
        await lake.PutAsync("scores", [Lake.Entry("1"), Lake.Entry("2")]);
        await lake.PutAsync("scores", "3");

        Assert.Equal(1, scrape.Of("tarn.stream.stopped.shards")["stream=scores"]);
        Assert.Equal(3, scrape.Of("tarn.stream.failed.records")["stream=scores"]);
        Assert.Equal(1, scrape.Of("tarn.stream.incoming.records")["stream=scores"]);
        Assert.True(lake.Figures.Find("scores")!.Shards[0].IsStopped);
    }

    [Fact]
    public async Task WaitingBytes_WhileTheDiskIsBusy_AreThoseOfTheAppend()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        using var scrape = new Scrape(lake.Meters.Meter);
        await lake.CreateAsync("scores");
        using var busy = new ManualResetEventSlim();
        using var reached = new ManualResetEventSlim();
        disk.BeforeFlush = _ =>
        {
            reached.Set();
            busy.Wait();
        };
        var put = lake.PutAsync("scores", "12345");
        reached.Wait();

        Assert.Equal(
            BatchHeader.Size + RecordFrame.Size(1, 5), scrape.Of("tarn.stream.waiting.bytes")["stream=scores"]);
        busy.Set();
        await put;
    }

    [Fact]
    public async Task Damage_IsCountedByItsFate()
    {
        await using var lake = await Lake.OpenAsync();
        using var scrape = new Scrape(lake.Meters.Meter);
        lake.Damages.Report(new Damage("a", 1, 2, DamageFate.SteppedOver));
        lake.Damages.Report(new Damage("a", 1, 2, DamageFate.SteppedOver));
        lake.Damages.Report(new Damage("b", 1, 2, DamageFate.SteppedOver));

        Assert.Equal(2, scrape.Of("tarn.stream.damage")["fate=stepped_over"]);
        Assert.Equal(0, scrape.Of("tarn.stream.damage")["fate=torn_tail"]);
    }

    [Fact]
    public async Task Figures_OfAShard_TellItsTip()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var empty = lake.Figures.Find("scores")!.Shards[0];
        var put = await lake.PutAsync("scores", "1");
        var shard = lake.Figures.Find("scores")!.Shards[0];

        Assert.Null(empty.NewestArrivalAt);
        Assert.Equal(put.SequenceNumber.Next, shard.Next);
        Assert.Equal(lake.Clock.GetUtcNow(), shard.NewestArrivalAt);
        Assert.Equal(new FileInfo(lake.Segments("scores")[0]).Length, shard.StoredBytes);
    }
}
