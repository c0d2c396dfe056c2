using System.Diagnostics;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Streams.Segments;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Tests.Shards;

public sealed class DurabilityTests
{
    [Fact]
    public async Task Append_OperatingSystem_IsAnsweredBeforeOneFsyncASecondLater()
    {
        var disk = new FaultyDisk();
        await using var lake = await OpenAsync(disk, StreamDurability.OperatingSystem);
        await lake.PutAsync("scores", "begins the segment");
        var before = disk.FlushCount;

        for (var i = 0; i < 20; i++)
        {
            await lake.PutAsync("scores", $"{i}");
        }

        Assert.Equal(21, (await lake.TextsAsync("scores")).Count);
        lake.Clock.Advance(BackgroundFlush.Interval - TimeSpan.FromMilliseconds(1));
        Assert.Equal(before, disk.FlushCount);
        lake.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await UntilAsync(() => disk.FlushCount == before + 1);

        lake.Clock.Advance(TimeSpan.FromMinutes(10));
        await lake.StopAsync();
        Assert.Equal(before + 1, disk.FlushCount);
        await lake.StartAsync();
    }

    [Fact]
    public async Task Append_OperatingSystemWhileTheFsyncHangs_GoesOnAndIsFlushedAfter()
    {
        var disk = new FaultyDisk();
        await using var lake = await OpenAsync(disk, StreamDurability.OperatingSystem);
        await lake.PutAsync("scores", "first");
        var before = disk.FlushCount;
        using var hold = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        disk.BeforeFlush = _ =>
        {
            entered.TrySetResult();
            hold.Wait();
        };
        lake.Clock.Advance(BackgroundFlush.Interval);
        await entered.Task;

        Assert.Null((await lake.PutAsync("scores", "second")).Error);
        Assert.Equal(["first", "second"], await lake.TextsAsync("scores"));
        hold.Set();
        await UntilAsync(() => disk.FlushCount == before + 1);
        await UntilAsync(() =>
        {
            lake.Clock.Advance(BackgroundFlush.Interval);
            return disk.FlushCount == before + 2;
        });
    }

    [Fact]
    public async Task BackgroundFsync_Fails_ShardStopsUntilRestart()
    {
        var disk = new FaultyDisk();
        await using var lake = await OpenAsync(disk, StreamDurability.OperatingSystem);
        await lake.PutAsync("scores", "before");
        disk.OnFlush = new IOException("Input/output error");
        lake.Clock.Advance(BackgroundFlush.Interval);
        AppendOutcome refused = default;

        await UntilAsync(() =>
        {
            refused = lake.PutAsync("scores", "refused").GetAwaiter().GetResult();
            return refused.Error is not null;
        });
        disk.OnFlush = null;
        var again = await lake.PutAsync("scores", "refused");

        Assert.Equal(
            (ErrorKind.Unavailable, "shard 'shardId-000000000000' of stream 'scores' has stopped accepting records"),
            (refused.Error!.Kind, refused.Error.Message));
        Assert.Equal(refused.Error, again.Error);
        Assert.Equal("before", (await lake.TextsAsync("scores"))[0]);
        await lake.RestartAsync();
        Assert.Null((await lake.PutAsync("scores", "after")).Error);
    }

    [Fact]
    public async Task Configure_ToDisk_FlushesFirstAndEveryAppendAfter()
    {
        var disk = new FaultyDisk();
        await using var lake = await OpenAsync(disk, StreamDurability.OperatingSystem);
        await lake.PutAsync("scores", "a");
        var before = disk.FlushCount;

        await ConfigureAsync(lake, StreamDurability.Disk);
        Assert.Equal(before + 1, disk.FlushCount);
        await lake.PutAsync("scores", "b");
        Assert.Equal(before + 2, disk.FlushCount);
        await ConfigureAsync(lake, StreamDurability.OperatingSystem);
        await lake.PutAsync("scores", "c");
        Assert.Equal(before + 2, disk.FlushCount);
    }

    [Fact]
    public async Task Configure_ToDiskAndTheFsyncFails_IsRefusedAndTheStreamStaysAsItWas()
    {
        var disk = new FaultyDisk();
        await using var lake = await OpenAsync(disk, StreamDurability.OperatingSystem);
        await lake.PutAsync("scores", "a");
        disk.OnFlush = new IOException("Input/output error");

        var error = await Assert.ThrowsAsync<TarnException>(() => ConfigureAsync(lake, StreamDurability.Disk));

        Assert.Equal(ErrorKind.Unavailable, error.Kind);
        Assert.Equal(StreamDurability.OperatingSystem, lake.Streams.Find("scores")!.Spec.Durability);
        disk.OnFlush = null;
    }

    [Theory]
    [InlineData(StreamDurability.Disk)]
    [InlineData(StreamDurability.OperatingSystem)]
    public async Task LosePower_RandomMoments_KeepsWhatItPromisedAndGivesNoNumberTwice(StreamDurability durability)
    {
        var random = new Random(20261123);
        var disk = new PowerDisk();
        await using var lake = await OpenAsync(disk, durability);
        var given = new Dictionary<SequenceNumber, string>();
        var stored = new List<string>();
        var lost = 0;
        for (var round = 0; round < 40; round++)
        {
            var safe = stored.Count;
            for (var put = 0; put < 25; put++)
            {
                var text = $"{round}.{put} ".PadRight(random.Next(10, 2000), 'x');
                var outcome = await lake.PutAsync("scores", text);
                given.Add(outcome.SequenceNumber, text);
                stored.Add(text);
                if (durability == StreamDurability.OperatingSystem && random.Next(20) == 0)
                {
                    await FlushedAsync(lake, disk);
                    safe = stored.Count;
                }
            }

            // An orderly stop flushes what is left.
            var isOrderly = round % 10 == 9;
            safe = isOrderly || durability == StreamDurability.Disk ? stored.Count : safe;
            await LosePowerAsync(lake, disk, random, isOrderly);

            var read = (await lake.ReadAsync("scores", SequenceNumber.Zero)).Records;
            Assert.Equal(stored[..safe], read.Take(safe).Select(Lake.Text));
            Assert.All(read, record => Assert.Equal(given[record.SequenceNumber], Lake.Text(record)));
            Assert.Equal(read.OrderBy(record => record.SequenceNumber), read);
            lost += stored.Count - read.Count;
            stored = [.. read.Select(Lake.Text)];
        }

        Assert.True(lake.Segments("scores").Length > 5);
        Assert.Equal(durability == StreamDurability.OperatingSystem, lost > 0);
    }

    private static async Task<Lake> OpenAsync(ISegmentDisk disk, StreamDurability durability)
    {
        var lake = await Lake.OpenAsync(lake =>
        {
            lake.Disk = disk;
            lake.Options = lake.Options with { SegmentBytesMax = 64 << 10 };
        });
        await lake.Streams.CreateAsync(
            new StreamSpec { Name = "scores", Durability = durability }, CancellationToken.None);
        return lake;
    }

    private static Task<StreamDescription> ConfigureAsync(Lake lake, StreamDurability durability) =>
        lake.Streams.ConfigureAsync("scores", spec => spec with { Durability = durability }, CancellationToken.None);

    private static async Task FlushedAsync(Lake lake, PowerDisk disk)
    {
        var before = disk.FlushCount;
        await UntilAsync(() =>
        {
            lake.Clock.Advance(BackgroundFlush.Interval);
            return disk.FlushCount > before;
        });
    }

    private static async Task LosePowerAsync(Lake lake, PowerDisk disk, Random random, bool isOrderly)
    {
        var files = disk.Freeze(lake.Options.Directory, random);
        await lake.StopAsync();
        disk.Restore(
            lake.Options.Directory, isOrderly ? disk.Freeze(lake.Options.Directory, random) : files);
        lake.Clock.Advance(TimeSpan.FromSeconds(1));
        await lake.StartAsync();
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        var limit = Stopwatch.StartNew();
        while (!isTrue())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromMinutes(1), "it never became true");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
