using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Shards;
using Tarn.Testing;

namespace Tarn.Streams.Tests.Resharding;

public sealed class ReshardUnderLoadTests
{
    [Fact]
    public async Task Append_WhileShardsSplitAndMerge_EachRecordOnceInOrderPerKeyAlongTheLineage()
    {
        await using var lake = await Lake.OpenAsync(lake =>
            lake.Options = lake.Options with { SegmentBytesMax = 64 << 10 });
        await lake.CreateAsync("scores", shards: 2);
        using var done = new CancellationTokenSource();
        const int Writers = 6, PerCall = 20;

        var calls = 0;
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var count = 0;
            for (; !done.IsCancellationRequested; count += PerCall)
            {
                var outcomes = await lake.PutAsync("scores", [.. Enumerable.Range(count, PerCall)
                    .Select(i => Lake.Entry($"{writer} {i % 5} {i:D9}", $"writer {writer} key {i % 5}"))]);
                Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
                Interlocked.Increment(ref calls);
            }

            return count;
        })).ToList();
        var random = new Random(7);
        for (var change = 0; change < 40; change++)
        {
            var before = Volatile.Read(ref calls);
            await ChangeAsync(lake, random);
            while (Volatile.Read(ref calls) < before + Writers && !writers.Exists(writer => writer.IsCompleted))
            {
                await Task.Yield();
            }
        }

        await done.CancelAsync();
        var counts = await Task.WhenAll(writers);
        await AssertLineageAsync(lake, counts.Sum());
        await lake.RestartAsync();
        await AssertLineageAsync(lake, counts.Sum());
    }

    private static async Task ChangeAsync(Lake lake, Random random)
    {
        var open = lake.Streams.Find("scores")!.Shards.Where(shard => shard.ClosedAt is null)
            .OrderBy(shard => shard.StartingHashKey).ToList();
        var at = random.Next(open.Count - 1);
        if (open.Count < 4 || random.Next(2) == 0)
        {
            var middle = open[at].StartingHashKey + ((open[at].EndingHashKey - open[at].StartingHashKey) / 2);
            await lake.Streams.SplitAsync("scores", open[at].ShardId, middle, CancellationToken.None);
        }
        else
        {
            await lake.Streams.MergeAsync("scores", open[at].ShardId, open[at + 1].ShardId, CancellationToken.None);
        }
    }

    /// <summary>Reads parents before children, as a consumer does.</summary>
    private static async Task AssertLineageAsync(Lake lake, int count)
    {
        var shards = lake.Streams.Find("scores")!.Shards;
        var lastOfKey = new Dictionary<string, string>();
        var texts = new HashSet<string>();
        foreach (var shard in shards)
        {
            // Numbers grow with each resharding, so the order of the list reads no child before its parents.
            Assert.True(shard.ParentShardId is null || string.CompareOrdinal(shard.ParentShardId, shard.ShardId) < 0);
            var batch = await lake.ReadAsync("scores", SequenceNumber.Zero, shard.ShardId, 1_000_000, int.MaxValue);
            Assert.Equal(shard.ClosedAt is not null, batch.ShardEnded);
            foreach (var record in batch.Records)
            {
                Assert.True(record.SequenceNumber >= shard.StartingSequenceNumber);
                Assert.False(record.SequenceNumber >= shard.EndingSequenceNumber);
                var text = Lake.Text(record);
                var key = text[..3];
                Assert.True(string.CompareOrdinal(lastOfKey.GetValueOrDefault(key, ""), text) < 0, text);
                lastOfKey[key] = text;
                texts.Add(text);
            }
        }

        Assert.Equal(count, texts.Count);
    }
}
