using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Shards;

public sealed class ShardLogFaultTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(39)]
    [InlineData(47)]
    [InlineData(100)]
    public async Task Append_DiskFull_FailsAndTheLogStaysGood(int writtenBeforeFailure)
    {
        var disk = new FaultyDisk { WrittenBeforeFailure = writtenBeforeFailure };
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "before");

        disk.OnWrite = new IOException("No space left on device");
        var failed = await lake.PutAsync("scores", new string('x', 200));
        disk.OnWrite = null;
        var after = await lake.PutAsync("scores", "after");

        Assert.Equal(ErrorKind.Unavailable, failed.Error!.Kind);
        Assert.Equal("shard 'shardId-000000000000' of stream 'scores' could not write its log", failed.Error.Message);
        Assert.Null(after.Error);
        Assert.Equal(["before", "after"], await lake.TextsAsync("scores"));
        await lake.RestartAsync();
        Assert.Equal(["before", "after"], await lake.TextsAsync("scores"));
        Assert.Empty(lake.Damages.All);
    }

    [Fact]
    public async Task Append_DiskFullWhenASegmentBegins_FailsAndTheLogStaysGood()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake =>
        {
            lake.Disk = disk;
            lake.Options = lake.Options with { SegmentBytesMax = 1 };
        });
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "before");

        disk.OnWrite = new IOException("No space left on device");
        var failed = await lake.PutAsync("scores", "lost");
        disk.OnWrite = null;
        await lake.PutAsync("scores", "after");

        Assert.Equal(ErrorKind.Unavailable, failed.Error!.Kind);
        Assert.Equal(2, lake.Segments("scores").Length);
        await lake.RestartAsync();
        Assert.Equal(["before", "after"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Append_FsyncFails_ShardStopsUntilRestartAndOthersGoOn()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        await lake.CreateAsync("broken");
        await lake.CreateAsync("healthy");
        await lake.PutAsync("broken", "before");
        await lake.PutAsync("healthy", "before");

        disk.OnFlush = new IOException("Input/output error");
        var failed = await lake.PutAsync("broken", "unknown");
        disk.OnFlush = null;
        var refused = await lake.PutAsync("broken", "refused");
        var healthy = await lake.PutAsync("healthy", "after");

        Assert.Equal(
            "shard 'shardId-000000000000' of stream 'broken' has stopped accepting records", failed.Error!.Message);
        Assert.Equal(failed.Error, refused.Error);
        Assert.Equal(ErrorKind.Unavailable, refused.Error!.Kind);
        Assert.Null(healthy.Error);
        Assert.Equal(["before"], await lake.TextsAsync("broken"));
        await lake.RestartAsync();
        Assert.Null((await lake.PutAsync("broken", "again")).Error);
        Assert.Equal("again", (await lake.TextsAsync("broken"))[^1]);
    }

    [Fact]
    public async Task Append_SlowShard_OthersAnswerAndItsWaitersShareOneFlush()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        await lake.CreateAsync("slow");
        await lake.CreateAsync("fast");
        await lake.PutAsync("slow", "0");
        await lake.PutAsync("fast", "0");

        using var hold = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        disk.BeforeFlush = _ =>
        {
            if (entered.TrySetResult())
            {
                hold.Wait();
            }
        };
        var first = lake.PutAsync("slow", "1");
        await entered.Task;
        var waiting = Enumerable.Range(2, 50).Select(i => lake.PutAsync("slow", $"{i}")).ToList();
        var fast = await lake.PutAsync("fast", "1");
        var slowSeen = await lake.TextsAsync("slow");
        var flushesBefore = disk.FlushCount;
        hold.Set();
        await Task.WhenAll(waiting.Append(first));

        Assert.Null(fast.Error);
        Assert.Equal(["0"], slowSeen);
        Assert.Equal(2, disk.FlushCount - flushesBefore);
        Assert.Equal(Enumerable.Range(0, 52).Select(i => $"{i}"), await lake.TextsAsync("slow"));
    }

    [Fact]
    public async Task Append_ShardHasMoreThanItsBudgetWaiting_CallersWaitInLine()
    {
        var disk = new FaultyDisk();
        await using var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        await lake.CreateAsync("slow");
        using var hold = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        disk.BeforeFlush = _ =>
        {
            entered.TrySetResult();
            hold.Wait();
        };
        var big = Enumerable.Repeat(new StreamEntry("k"u8.ToArray(), new byte[512 << 10]), 8).ToArray();

        var calls = Enumerable.Range(0, 12).Select(_ => lake.PutAsync("slow", big)).ToList();
        await entered.Task;
        using var stop = new CancellationTokenSource();
        var cancelled = lake.Streams.AppendAsync("slow", big, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        hold.Set();
        var outcomes = await Task.WhenAll(calls);

        Assert.All(outcomes.SelectMany(outcome => outcome), outcome => Assert.Null(outcome.Error));
        Assert.Equal(96, outcomes.SelectMany(o => o).Select(o => o.SequenceNumber).Distinct().Count());
        var read = await lake.Streams.ReadAsync(
            "slow", Lake.Shard0, SequenceNumber.Zero, new ReadBounds(10_000, int.MaxValue), CancellationToken.None);
        Assert.Equal(96, read.Records.Count);
    }

    [Fact]
    public async Task Stop_AppendsWaiting_AreWrittenFirst()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var puts = Enumerable.Range(0, 100).Select(i => lake.PutAsync("scores", $"{i}")).ToList();
        var streams = lake.Streams;

        await lake.StopAsync();
        var outcomes = await Task.WhenAll(puts);
        var late = await streams.AppendAsync("scores", [Lake.Entry("late")], CancellationToken.None);
        await lake.StartAsync();

        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        Assert.Equal(ErrorKind.Unavailable, late[0].Error!.Kind);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), await lake.TextsAsync("scores"));
    }
}
