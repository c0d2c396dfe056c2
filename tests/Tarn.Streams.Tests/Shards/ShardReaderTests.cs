using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Shards;

public sealed class ShardReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_FromEveryNumberAndTimeOfManySegments_BeginsThere(bool reopened)
    {
        await using var lake = await Lake.OpenAsync(lake =>
            lake.Options = lake.Options with { SegmentBytesMax = 200 << 10 });
        await lake.CreateAsync("scores");
        var start = lake.Clock.GetUtcNow();
        var numbers = new List<SequenceNumber>();
        for (var second = 0; second < 120; second++)
        {
            var outcomes = await lake.PutAsync(
                "scores", [.. Enumerable.Range(0, 10).Select(i => Lake.Entry($"{second}.{i}".PadRight(900)))]);
            numbers.AddRange(outcomes.Select(outcome => outcome.SequenceNumber));
            lake.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        if (reopened)
        {
            await lake.RestartAsync();
        }

        Assert.InRange(lake.Segments("scores").Length, 5, 7);
        for (var i = 0; i < numbers.Count; i += 7)
        {
            var batch = await lake.ReadAsync("scores", numbers[i], recordsMax: 12);
            Assert.Equal(numbers.Skip(i).Take(12), batch.Records.Select(record => record.SequenceNumber));
            Assert.Equal($"{i / 10}.{i % 10}", Lake.Text(batch.Records[0]).TrimEnd());
        }

        for (var second = 0; second < 120; second++)
        {
            var time = new StartPosition.AtTime(start.AddSeconds(second).AddMilliseconds(-1));
            Assert.Equal(numbers[second * 10], await lake.ResolveAsync("scores", time));
        }
    }

    [Fact]
    public async Task Read_SegmentFileRemovedByHand_IsDamagedByName()
    {
        await using var lake = await Lake.OpenAsync(lake => lake.Options = lake.Options with { SegmentBytesMax = 1 });
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "one");
        await lake.PutAsync("scores", "two");
        var file = lake.Segments("scores")[0];
        File.Delete(file);

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.TextsAsync("scores"));

        Assert.Equal(ErrorKind.Damaged, error.Kind);
        Assert.Contains(file, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_UnknownStreamOrShard_IsNotFound()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");

        foreach (var shard in new[] { "", "shardId-", "shardId-000000000001", "shardId-0", "000000000000", "x" })
        {
            var error = await Assert.ThrowsAsync<TarnException>(
                () => lake.ReadAsync("scores", SequenceNumber.Zero, shard));
            Assert.Equal((ErrorKind.NotFound, $"stream 'scores' has no shard '{shard}'"), (error.Kind, error.Message));
        }

        var missing = await Assert.ThrowsAsync<TarnException>(() => lake.ReadAsync("score", SequenceNumber.Zero));
        Assert.Equal("stream 'score' does not exist", missing.Message);
    }
}
