using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Routing;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Tests.Resharding;

public sealed class UniformScalingTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 2)]
    [InlineData(4, 7)]
    [InlineData(7, 4)]
    [InlineData(5, 3)]
    [InlineData(8, 9)]
    public async Task Configure_OtherCount_EvenRangesAndNothingLost(int from, int to)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores", shards: from);
        await lake.PutAsync("scores", [.. Enumerable.Range(0, 100).Select(i => Lake.Entry($"{i}", $"{i}"))]);

        var stream = await lake.Streams.ConfigureAsync(
            "scores", spec => spec with { ShardCount = to, RetentionHours = 48 }, CancellationToken.None);

        Assert.Equal((to, 48), (stream.Spec.ShardCount, stream.Spec.RetentionHours));
        Assert.Equal(HashRanges.Split(to), Open(stream).Select(s => (s.StartingHashKey, s.EndingHashKey)));
        await lake.PutAsync("scores", [.. Enumerable.Range(100, 100).Select(i => Lake.Entry($"{i}", $"{i}"))]);
        await lake.RestartAsync();
        Assert.Equal(
            Enumerable.Range(0, 200).Select(i => $"{i}").Order(),
            (await AllTextsAsync(lake)).Order());
        AssertLineage(stream);
    }

    [Fact]
    public async Task Configure_DoubledAndHalved_MakesNoShardsInBetween()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores", shards: 3);

        var doubled = await ScaleAsync(lake, 6);
        var again = await ScaleAsync(lake, 12);
        var halved = await ScaleAsync(lake, 6);
        var back = await ScaleAsync(lake, 3);

        Assert.Equal([9, 21, 27, 30], new[] { doubled, again, halved, back }.Select(stream => stream.Shards.Count));
        // 2^128 / 3 is not twice 2^128 / 6 rounded down: a boundary that is one key off stays.
        Assert.Equal(HashRanges.Split(3), Open(back).Select(s => (s.StartingHashKey, s.EndingHashKey)));
        AssertLineage(back);
    }

    [Theory]
    [InlineData(4, 9, ErrorKind.LimitExceeded)]
    [InlineData(4, 1, ErrorKind.LimitExceeded)]
    [InlineData(5, 2, ErrorKind.LimitExceeded)]
    [InlineData(4, 0, ErrorKind.Invalid)]
    [InlineData(4, 10_001, ErrorKind.LimitExceeded)]
    public async Task Configure_TooFar_IsRefusedAndNothingChanges(int from, int to, ErrorKind kind)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores", shards: from);

        var error = await Assert.ThrowsAsync<TarnException>(() => ScaleAsync(lake, to));

        Assert.Equal(kind, error.Kind);
        Assert.Contains($"{to}", error.Message, StringComparison.Ordinal);
        Assert.Equal(from, lake.Streams.Find("scores")!.Shards.Count);
    }

    [Fact]
    public async Task Configure_UnevenRanges_BecomeEven()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.Streams.SplitAsync("scores", Lake.Shard0, 1000, CancellationToken.None);
        await lake.Streams.SplitAsync("scores", "shardId-000000000002", 5000, CancellationToken.None);

        var stream = await ScaleAsync(lake, 2);

        Assert.Equal(HashRanges.Split(2), Open(stream).Select(s => (s.StartingHashKey, s.EndingHashKey)));
        AssertLineage(stream);
    }

    [Fact]
    public async Task Configure_ModeThereAndBack_KeepsTheShards()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores", shards: 3);

        var demand = await lake.Streams.ConfigureAsync(
            "scores", spec => spec with { OnDemand = true }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<TarnException>(() => ScaleAsync(lake, 4));
        await lake.RestartAsync();
        var kept = lake.Streams.Find("scores")!;
        var back = await lake.Streams.ConfigureAsync(
            "scores", spec => spec with { OnDemand = false, ShardCount = 4 }, CancellationToken.None);

        Assert.Equal((true, true, false), (demand.Spec.OnDemand, kept.Spec.OnDemand, back.Spec.OnDemand));
        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.Equal((3, 4), (kept.Spec.ShardCount, back.Spec.ShardCount));
    }

    private static Task<StreamDescription> ScaleAsync(Lake lake, int count) => lake.Streams.ConfigureAsync(
        "scores", spec => spec with { ShardCount = count }, CancellationToken.None);

    private static IEnumerable<ShardDescription> Open(StreamDescription stream) =>
        stream.Shards.Where(shard => shard.ClosedAt is null).OrderBy(shard => shard.StartingHashKey);

    /// <summary>Each child owns keys of its parents, and its numbers begin above theirs.</summary>
    private static void AssertLineage(StreamDescription stream)
    {
        var byId = stream.Shards.ToDictionary(shard => shard.ShardId);
        foreach (var child in stream.Shards.Where(shard => shard.ParentShardId is not null))
        {
            var parents = new[] { child.ParentShardId, child.AdjacentParentShardId }.OfType<string>()
                .Select(id => byId[id]).ToList();
            Assert.All(parents, parent => Assert.True(parent.EndingSequenceNumber < child.StartingSequenceNumber));
            Assert.True(child.StartingHashKey >= parents[0].StartingHashKey);
            Assert.True(child.EndingHashKey <= parents[^1].EndingHashKey);
        }
    }

    private static async Task<List<string>> AllTextsAsync(Lake lake)
    {
        var texts = new List<string>();
        foreach (var shard in lake.Streams.Find("scores")!.Shards)
        {
            var batch = await lake.ReadAsync("scores", SequenceNumber.Zero, shard.ShardId);
            Assert.Equal(shard.ClosedAt is not null, batch.ShardEnded);
            texts.AddRange(batch.Records.Select(Lake.Text));
        }

        return texts;
    }
}
