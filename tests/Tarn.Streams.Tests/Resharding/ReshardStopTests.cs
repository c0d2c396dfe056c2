using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Streams.Records;
using Tarn.Streams.Tests.Shards;

namespace Tarn.Streams.Tests.Resharding;

/// <summary>A split that is stopped at each of its steps, by a fault or by a crash.</summary>
public sealed class ReshardStopTests
{
    private const string Shard1 = "shardId-000000000001";
    private const string Shard2 = "shardId-000000000002";
    private static readonly UInt128 Half = UInt128.One << 127;

    [Fact]
    public async Task Split_FoldersCannotBeMade_ParentGoesOn()
    {
        var disk = new FaultyDisk();
        await using var lake = await OpenAsync(disk: disk);
        disk.OnFlushDirectory = new IOException("disk full");

        var error = await Assert.ThrowsAsync<TarnException>(() => SplitAsync(lake));
        disk.OnFlushDirectory = null;

        Assert.Equal((ErrorKind.Unavailable, "disk full"), (error.Kind, error.Detail));
        await AssertParentGoesOnAsync(lake);
        await SplitAsync(lake);
        await AssertSplitAsync(lake, "before", "meanwhile");
    }

    [Fact]
    public async Task Split_ParentHasStopped_IsRefusedWithItsReason()
    {
        var disk = new FaultyDisk();
        await using var lake = await OpenAsync(disk: disk);
        disk.OnFlush = new IOException("gone");
        await lake.PutAsync("scores", "lost");
        disk.OnFlush = null;

        var error = await Assert.ThrowsAsync<TarnException>(() => SplitAsync(lake));

        Assert.Equal(ErrorKind.Unavailable, error.Kind);
        Assert.Contains("stopped accepting", error.Message, StringComparison.Ordinal);
        Assert.Single(lake.Streams.Find("scores")!.Shards);
        Assert.Equal(error.Message, (await lake.PutAsync("scores", "refused")).Error!.Message);
    }

    [Fact]
    public async Task Split_MetadataFails_WhatWasHeldBackIsWrittenToTheParent()
    {
        var (lake, store) = await OpenHeldAsync();
        await using var _ = lake;
        store.HoldsBefore = true;
        var split = SplitAsync(lake);
        await store.Reached;
        var puts = await HoldBackAsync(lake);

        store.HoldsBefore = false;
        store.Release(new TarnException(ErrorKind.Unavailable, "disk full"));

        await Assert.ThrowsAsync<TarnException>(() => split);
        Assert.All(
            await Task.WhenAll(puts),
            outcome => Assert.Equal((Lake.Shard0, null), (outcome.ShardId, outcome.Error)));
        await AssertParentGoesOnAsync(lake, "held 0", "held 1", "held 2");
    }

    [Fact]
    public async Task Split_MetadataSucceeds_WhatWasHeldBackGoesToTheChildrenOnce()
    {
        var (lake, store) = await OpenHeldAsync();
        await using var _ = lake;
        store.HoldsAfter = true;
        var split = SplitAsync(lake);
        await store.Reached;
        var puts = await HoldBackAsync(lake);

        store.HoldsAfter = false;
        store.Release();
        await split;

        Assert.All(
            await Task.WhenAll(puts), outcome => Assert.Equal((Shard1, null), (outcome.ShardId, outcome.Error)));
        await AssertSplitAsync(lake, "before");
        Assert.Equal(["held 0", "held 1", "held 2"], (await lake.TextsAsync("scores", Shard1)).Order());
    }

    [Fact]
    public async Task Crash_BeforeTheDefinitionIsStored_ParentIsOpenAndNoFolderStays()
    {
        var (lake, store) = await OpenHeldAsync();
        await using var _ = lake;
        store.HoldsBefore = true;
        var split = SplitAsync(lake);
        await store.Reached;

        await using var reopened = await CrashAsync(lake);

        Assert.True(Directory.Exists(FolderOf(lake, Shard1)));
        Assert.False(Directory.Exists(FolderOf(reopened, Shard1)));
        await AssertParentGoesOnAsync(reopened);
        await SplitAsync(reopened);
        await AssertSplitAsync(reopened, "before", "meanwhile");
        store.Release();
        await split;
    }

    [Fact]
    public async Task Crash_AfterTheDefinitionIsStored_ChildrenAreOpen()
    {
        var (lake, store) = await OpenHeldAsync();
        await using var _ = lake;
        store.HoldsAfter = true;
        var split = SplitAsync(lake);
        await store.Reached;

        await using var reopened = await CrashAsync(lake);

        await AssertSplitAsync(reopened, "before");
        store.HoldsAfter = false;
        store.Release();
        await split;
        Assert.Equal(
            lake.Streams.Find("scores")!.Shards, reopened.Streams.Find("scores")!.Shards);
    }

    [Fact]
    public async Task Start_RecordsBeyondTheEndThatIsWritten_AreStillRead()
    {
        // A disk that failed the definition's write but kept it: the parent opened again and went on.
        var (lake, _) = await OpenHeldAsync();
        await using var owner = lake;
        var before = await lake.Fake.FindAsync("stream", "scores", CancellationToken.None);
        await SplitAsync(lake);
        var after = await lake.Fake.FindAsync("stream", "scores", CancellationToken.None);
        await PutDefinitionAsync(lake, before!);
        for (var i = 0; i < 3; i++)
        {
            await lake.PutAsync("scores", $"after {i}");
        }

        Directory.CreateDirectory(FolderOf(lake, Shard1));
        Directory.CreateDirectory(FolderOf(lake, Shard2));
        await PutDefinitionAsync(lake, after!);

        Assert.Equal(["before", "after 0", "after 1", "after 2"], await lake.TextsAsync("scores"));
        var first = await lake.ReadAsync("scores", default, recordsMax: 2);
        Assert.False(first.ShardEnded);
        Assert.True((await lake.ReadAsync("scores", first.Next)).ShardEnded);
    }

    [Fact]
    public async Task Stop_WhileSealed_TheSplitIsDoneAndHeldBackAppendsAreWritten()
    {
        var (lake, store) = await OpenHeldAsync();
        await using var _ = lake;
        store.HoldsAfter = true;
        var split = SplitAsync(lake);
        await store.Reached;
        var puts = await HoldBackAsync(lake);

        var stop = lake.StopAsync();
        store.HoldsAfter = false;
        store.Release();
        await Task.WhenAll(split, stop);

        Assert.All(await Task.WhenAll(puts), outcome => Assert.True(
            outcome.Error is null or { Kind: ErrorKind.Unavailable }));
        await lake.StartAsync();
        await AssertSplitAsync(lake, "before");
        Assert.Equal(
            puts.Count(put => put.Result.Error is null), (await lake.TextsAsync("scores", Shard1)).Count);
    }

    private static async Task PutDefinitionAsync(Lake lake, Resource definition)
    {
        await lake.StopAsync();
        await lake.Fake.ApplyAsync(
            [MetadataChange.Put("stream", "scores", definition.Spec)], CancellationToken.None);
        await lake.StartAsync();
    }

    private static async Task<Lake> OpenAsync(FaultyDisk disk)
    {
        var lake = await Lake.OpenAsync(lake => lake.Disk = disk);
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "before");
        return lake;
    }

    private static async Task<(Lake Lake, HeldStore Store)> OpenHeldAsync()
    {
        HeldStore? store = null;
        var lake = await Lake.OpenAsync(lake => lake.Store = store = new HeldStore(lake.Fake));
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "before");
        return (lake, store!);
    }

    private static Task<StreamDescription> SplitAsync(Lake lake) =>
        lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);

    /// <summary>Appends that cannot be answered until the split has ended one way or the other.</summary>
    private static async Task<List<Task<AppendOutcome>>> HoldBackAsync(Lake lake)
    {
        var puts = new List<Task<AppendOutcome>>();
        for (var i = 0; i < 3; i++)
        {
            puts.Add(PutLowAsync(lake, $"held {i}"));
        }

        // An upkeep turn serves everything that may be served; nothing of these may.
        lake.Registry.RequestUpkeep();
        await Task.Yield();
        Assert.DoesNotContain(puts, put => put.IsCompleted);
        Assert.Equal(["before"], await lake.TextsAsync("scores"));
        return puts;
    }

    private static async Task<AppendOutcome> PutLowAsync(Lake lake, string text) =>
        (await lake.PutAsync("scores", [Lake.Entry(text, hash: 7)]))[0];

    /// <summary>What a server finds that starts on the files as they are now.</summary>
    private static Task<Lake> CrashAsync(Lake lake) => Lake.OpenAsync(next =>
    {
        var (from, to) = (lake.Options.Directory, next.Options.Directory);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }

        foreach (var kind in new[] { "stream", "stream-numbers" })
        {
            foreach (var resource in lake.Fake.ListAsync(kind, "", null, 100, CancellationToken.None).Result)
            {
                next.Fake.ApplyAsync(
                    [MetadataChange.Create(kind, resource.Name, resource.Spec)], CancellationToken.None).Wait();
            }
        }
    });

    private static string FolderOf(Lake lake, string shard) =>
        Path.Combine(lake.Options.Directory, lake.Streams.Find("scores")!.Id, shard);

    private static async Task AssertParentGoesOnAsync(Lake lake, params string[] held)
    {
        Assert.Single(lake.Streams.Find("scores")!.Shards);
        var put = await lake.PutAsync("scores", "meanwhile");
        Assert.Equal((Lake.Shard0, null), (put.ShardId, put.Error));
        await lake.RestartAsync();
        Assert.Equal(["before", .. held, "meanwhile"], (await lake.TextsAsync("scores")).Order());
        Assert.False((await lake.ReadAsync("scores", default)).ShardEnded);
    }

    private static async Task AssertSplitAsync(Lake lake, params string[] inParent)
    {
        Assert.Equal([Lake.Shard0, Shard1, Shard2], lake.Streams.Find("scores")!.Shards.Select(s => s.ShardId));
        Assert.Equal(inParent, await lake.TextsAsync("scores"));
        Assert.True((await lake.ReadAsync("scores", default)).ShardEnded);
        Assert.Equal(Shard2, (await lake.PutAsync("scores", [Lake.Entry("high", hash: Half)]))[0].ShardId);
        Assert.Contains("high", await lake.TextsAsync("scores", Shard2));
    }
}
