using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Streams.Tests.Resharding;

public sealed class StreamUpkeepTests
{
    private static readonly UInt128 Half = UInt128.One << 127;

    [Fact]
    public async Task Upkeep_OnDemandShardAboveItsShare_IsSplitInHalf()
    {
        await using var lake = await Lake.OpenAsync();
        var stream = await CreateOnDemandAsync(lake, "scores");
        await TickAsync(lake);

        // 810 records per second on the first shard, 790 on the second.
        await PutAsync(lake, "scores", 810 * 60, stream.Shards[0].StartingHashKey);
        await PutAsync(lake, "scores", 790 * 60, stream.Shards[1].StartingHashKey);
        await TickAsync(lake);

        var after = lake.Streams.Find("scores")!;
        Assert.Equal(
            [true, false, false, false, false, false], after.Shards.Select(shard => shard.ClosedAt is not null));
        Assert.Equal(
            [(UInt128.Zero, (UInt128.One << 125) - 1), (UInt128.One << 125, (UInt128.One << 126) - 1)],
            after.Shards.Skip(4).Select(shard => (shard.StartingHashKey, shard.EndingHashKey)));
        await TickAsync(lake);
        Assert.Equal(5, lake.Streams.Find("scores")!.Spec.ShardCount);
    }

    [Fact]
    public async Task Upkeep_ManyBytes_CountAsWell()
    {
        await using var lake = await Lake.OpenAsync(lake => lake.Options = lake.Options with
        {
            OnDemand = lake.Options.OnDemand with { ShardBytesPerSecond = 100 },
        });
        await CreateOnDemandAsync(lake, "scores");
        await TickAsync(lake);
        await lake.PutAsync("scores", new string('x', 80 * 60));
        await TickAsync(lake);

        Assert.Equal(5, lake.Streams.Find("scores")!.Spec.ShardCount);
    }

    [Fact]
    public async Task Upkeep_SameLoadOnProvisioned_StaysAsItIs()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await TickAsync(lake);
        await PutAsync(lake, "scores", 5000 * 60, 0);
        await TickAsync(lake);

        Assert.Single(lake.Streams.Find("scores")!.Shards);
    }

    [Fact]
    public async Task Upkeep_LoadOverTwoMinutes_IsAnAverage()
    {
        await using var lake = await Lake.OpenAsync(lake => lake.Options = lake.Options with
        {
            RetentionInterval = TimeSpan.FromMinutes(2),
        });
        await CreateOnDemandAsync(lake, "scores");
        await TickAsync(lake);
        await PutAsync(lake, "scores", 900 * 60, 0);
        await TickAsync(lake);

        Assert.Equal(4, lake.Streams.Find("scores")!.Shards.Count);
    }

    [Fact]
    public async Task Upkeep_SplitFails_NextRunTriesAgain()
    {
        await using var lake = await Lake.OpenAsync();
        await CreateOnDemandAsync(lake, "scores");
        await TickAsync(lake);
        await PutAsync(lake, "scores", 900 * 60, 0);
        lake.Fake.NextFailure = new TarnException(ErrorKind.Unavailable, "disk full");
        await TickAsync(lake);
        Assert.Equal(4, lake.Streams.Find("scores")!.Shards.Count);

        await PutAsync(lake, "scores", 900 * 60, 0);
        await TickAsync(lake);

        Assert.Equal(5, lake.Streams.Find("scores")!.Spec.ShardCount);
    }

    [Fact]
    public async Task Upkeep_ClosedShardPastRetention_GoesWithItsFolder()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "old");
        await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);
        await lake.PutAsync("scores", "newer");
        var folder = Path.Combine(lake.Options.Directory, lake.Streams.Find("scores")!.Id, Lake.Shard0);

        lake.Clock.Advance(TimeSpan.FromHours(24));
        await lake.Upkeep.Running;
        Assert.Equal(3, lake.Streams.Find("scores")!.Shards.Count);
        await TickAsync(lake);

        var stream = lake.Streams.Find("scores")!;
        Assert.Equal(2, stream.Shards.Count);
        Assert.All(stream.Shards, child => Assert.Equal(Lake.Shard0, child.ParentShardId));
        Assert.False(Directory.Exists(folder));
        var error = await Assert.ThrowsAsync<TarnException>(() => lake.ReadAsync("scores", SequenceNumber.Zero));
        Assert.Equal(ErrorKind.NotFound, error.Kind);
        await lake.RestartAsync();
        Assert.Equal(stream.Shards, lake.Streams.Find("scores")!.Shards);
        Assert.Null((await lake.PutAsync("scores", "after")).Error);

        // Numbers of shards are never used again.
        var split = await lake.Streams.SplitAsync("scores", "shardId-000000000001", 1000, CancellationToken.None);
        Assert.Equal(["shardId-000000000003", "shardId-000000000004"], split.Shards.Skip(2).Select(s => s.ShardId));
    }

    [Fact]
    public async Task Upkeep_LongerRetention_KeepsTheClosedShard()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "old");
        await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);
        await lake.Streams.ConfigureAsync(
            "scores", spec => spec with { RetentionHours = 48 }, CancellationToken.None);

        lake.Clock.Advance(TimeSpan.FromHours(25));
        await TickAsync(lake);

        Assert.Equal(["old"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Stop_AfterTheDefinitionForgotTheShard_FolderGoesAtStart()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "old");
        await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);
        var folder = Path.Combine(lake.Options.Directory, lake.Streams.Find("scores")!.Id, Lake.Shard0);
        lake.Clock.Advance(TimeSpan.FromHours(25));
        await TickAsync(lake);
        Assert.False(Directory.Exists(folder));

        // What a crash between the definition and the folder leaves.
        await lake.StopAsync();
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "00000000000000000001.segment"), new byte[100]);
        await lake.StartAsync();

        Assert.False(Directory.Exists(folder));
        Assert.Equal(2, lake.Streams.Find("scores")!.Shards.Count);
    }

    private static Task<StreamDescription> CreateOnDemandAsync(Lake lake, string name) =>
        lake.Streams.CreateAsync(new StreamSpec { Name = name, OnDemand = true }, CancellationToken.None);

    private static async Task PutAsync(Lake lake, string stream, int count, UInt128 hash)
    {
        var entry = Lake.Entry("x", hash: hash);
        for (var left = count; left > 0; left -= 30_000)
        {
            await lake.PutAsync(stream, [.. Enumerable.Repeat(entry, Math.Min(left, 30_000))]);
        }
    }

    private static async Task TickAsync(Lake lake)
    {
        lake.Clock.Advance(lake.Options.RetentionInterval);
        await lake.Upkeep.Running;
    }
}
