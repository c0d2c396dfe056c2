using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Resharding;

public sealed class SplitMergeTests
{
    private const string Shard1 = "shardId-000000000001";
    private const string Shard2 = "shardId-000000000002";
    private static readonly UInt128 Half = UInt128.One << 127;

    [Fact]
    public async Task Split_OneShard_ChildrenHaveExactRangesAndLineage()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var last = (await lake.PutAsync("scores", "a")).SequenceNumber;
        lake.Clock.Advance(TimeSpan.FromMinutes(3));

        var stream = await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);

        Assert.Equal(3, stream.Shards.Count);
        Assert.Equal(2, stream.Spec.ShardCount);
        Assert.Equal(last.Next, stream.Shards[0].EndingSequenceNumber);
        Assert.Equal(lake.Clock.GetUtcNow(), stream.Shards[0].ClosedAt);
        Assert.Equal([(Shard1, UInt128.Zero, Half - 1), (Shard2, Half, UInt128.MaxValue)],
            stream.Shards.Skip(1).Select(shard => (shard.ShardId, shard.StartingHashKey, shard.EndingHashKey)));
        Assert.All(stream.Shards.Skip(1), child =>
        {
            Assert.Equal((Lake.Shard0, null), (child.ParentShardId, child.AdjacentParentShardId));
            Assert.Equal((lake.Clock.GetUtcNow(), null), (child.OpenedAt, child.ClosedAt));
            Assert.True(child.StartingSequenceNumber > stream.Shards[0].EndingSequenceNumber);
            Assert.Null(child.EndingSequenceNumber);
        });
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("340282366920938463463374607431768211455")]
    public async Task Split_KeyNotInside_IsInvalidAndNothingChanges(string key)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.Streams.SplitAsync(
            "scores", Lake.Shard0, UInt128.Parse(key, null), CancellationToken.None));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.Single(lake.Streams.Find("scores")!.Shards);
        Assert.Null((await lake.PutAsync("scores", "a")).Error);
    }

    [Fact]
    public async Task Split_SmallestParts_OwnTheirKeys()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.Streams.SplitAsync("scores", Lake.Shard0, 2, CancellationToken.None);
        await lake.Streams.SplitAsync("scores", Shard2, UInt128.MaxValue - 1, CancellationToken.None);

        UInt128[] keys = [0, 1, 2, UInt128.MaxValue - 2, UInt128.MaxValue - 1, UInt128.MaxValue];
        var outcomes = await lake.PutAsync("scores", [.. keys.Select(hash => Lake.Entry("x", hash: hash))]);

        Assert.Equal([1, 1, 3, 3, 4, 4], outcomes.Select(outcome => outcome.ShardId[^1] - '0'));
    }

    [Fact]
    public async Task Split_ClosedOrUnknownShardOrOnDemand_IsRefused()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.Streams.CreateAsync(new StreamSpec { Name = "demand", OnDemand = true }, CancellationToken.None);
        await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);

        Assert.Equal(ErrorKind.Invalid, await SplitErrorAsync("scores", Lake.Shard0));
        Assert.Equal(ErrorKind.NotFound, await SplitErrorAsync("scores", "shardId-000000000009"));
        Assert.Equal(ErrorKind.NotFound, await SplitErrorAsync("score", Lake.Shard0));
        Assert.Equal(ErrorKind.Invalid, await SplitErrorAsync("demand", Lake.Shard0));

        async Task<ErrorKind> SplitErrorAsync(string stream, string shard) => (await Assert.ThrowsAsync<TarnException>(
            () => lake.Streams.SplitAsync(stream, shard, 7, CancellationToken.None))).Kind;
    }

    [Fact]
    public async Task Merge_AdjacentShards_OneChildWithBothParents()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores", shards: 3);
        await lake.PutAsync("scores", [.. Enumerable.Range(0, 40).Select(i => Lake.Entry($"{i}", $"{i}"))]);

        var stream = await lake.Streams.MergeAsync("scores", Shard1, Shard2, CancellationToken.None);

        var child = stream.Shards[3];
        Assert.Equal((Shard1, Shard2), (child.ParentShardId, child.AdjacentParentShardId));
        Assert.Equal((stream.Shards[1].StartingHashKey, stream.Shards[2].EndingHashKey),
            (child.StartingHashKey, child.EndingHashKey));
        Assert.Equal([false, true, true, false], stream.Shards.Select(shard => shard.ClosedAt is not null));
        Assert.All(stream.Shards.Skip(1).Take(2), parent =>
            Assert.True(child.StartingSequenceNumber > parent.EndingSequenceNumber));
        Assert.Equal(child.ShardId, (await lake.PutAsync(
            "scores", [Lake.Entry("x", hash: UInt128.MaxValue)]))[0].ShardId);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    public async Task Merge_NotAdjacent_IsInvalid(int shard, int adjacent)
    {
        await using var lake = await Lake.OpenAsync();
        var ids = (await lake.CreateAsync("scores", shards: 4)).Shards.Select(shard => shard.ShardId).ToList();

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.Streams.MergeAsync(
            "scores", ids[shard], ids[adjacent], CancellationToken.None));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.Equal(4, lake.Streams.Find("scores")!.Shards.Count);
    }

    [Fact]
    public async Task Read_ClosedShard_EndsAndLaterReadersToo()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", [.. Enumerable.Range(0, 3).Select(i => Lake.Entry($"{i}"))]);
        var open = await lake.ReadAsync("scores", SequenceNumber.Zero);
        Assert.False(open.ShardEnded);

        await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);
        for (var restarts = 0; restarts < 2; restarts++)
        {
            var first = await lake.ReadAsync("scores", SequenceNumber.Zero, recordsMax: 2);
            var rest = await lake.ReadAsync("scores", first.Next, recordsMax: 2);
            var latest = await lake.ResolveAsync("scores", new StartPosition.Latest());

            Assert.Equal((false, true), (first.ShardEnded, rest.ShardEnded));
            Assert.True((await lake.ReadAsync("scores", open.Next)).ShardEnded);
            Assert.True((await lake.ReadAsync("scores", latest)).ShardEnded);
            Assert.Equal(["0", "1", "2"], await lake.TextsAsync("scores"));
            await lake.Streams.WaitAsync("scores", Lake.Shard0, latest, CancellationToken.None);
            await lake.RestartAsync();
        }
    }

    [Fact]
    public async Task Read_EmptyClosedShard_EndsWithAValidRange()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");

        var stream = await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);

        Assert.Equal(stream.Shards[0].StartingSequenceNumber, stream.Shards[0].EndingSequenceNumber);
        Assert.True((await lake.ReadAsync("scores", SequenceNumber.Zero)).ShardEnded);
    }

    [Fact]
    public async Task Wait_ShardCloses_WaitersWakeAtWhateverNumber()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var next = (await lake.PutAsync("scores", "a")).SequenceNumber.Next;
        var waits = new[] { next, next.Next, new SequenceNumber(ulong.MaxValue) }
            .Select(from => lake.Streams.WaitAsync("scores", Lake.Shard0, from, CancellationToken.None)).ToList();
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);

        await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);

        await Task.WhenAll(waits);
    }

    [Fact]
    public async Task Delete_AfterSplit_NewStreamBeginsAboveTheChildren()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.Streams.SplitAsync("scores", Lake.Shard0, Half, CancellationToken.None);
        var last = (await lake.PutAsync("scores", "a")).SequenceNumber;

        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        await lake.CreateAsync("scores");

        Assert.True((await lake.PutAsync("scores", "b")).SequenceNumber > last);
    }
}
