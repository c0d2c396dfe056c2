using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Rates;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Rates;

public sealed class ShardRatesTests
{
    [Fact]
    public async Task Append_MoreThanAShardTakes_StoresWhatFitsAndNamesTheShardForTheRest()
    {
        await using var lake = await OpenAsync(StreamRates.Aws, shards: 2);
        var stream = lake.Streams.Find("scores")!;

        var outcomes = await lake.PutAsync("scores", [.. Enumerable.Range(0, 2400)
            .Select(i => Lake.Entry($"{i}", hash: stream.Shards[i % 3 == 0 ? 1 : 0].StartingHashKey))]);
        var refused = outcomes.Where(outcome => outcome.Error is not null).ToList();

        Assert.Equal(600, refused.Count);
        Assert.All(refused, outcome => Assert.Equal(
            new AppendError(
                ErrorKind.LimitExceeded,
                "rate exceeded for shard shardId-000000000000 in stream scores",
                "ProvisionedThroughputExceededException"),
            outcome.Error));
        Assert.Equal(
            Enumerable.Range(0, 2400).Where(i => i % 3 != 0).Take(1000).Select(i => $"{i}"),
            await lake.TextsAsync("scores"));
        Assert.Equal(800, (await lake.TextsAsync("scores", "shardId-000000000001")).Count);
        Assert.Equal(600, lake.Registry.Get("scores").Logs[0].Counters.ThrottledRecords);
        lake.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await lake.PutAsync("scores", "later")).Error);
    }

    [Fact]
    public async Task SharedRead_SixthOfASecond_IsRefusedAndReadersOfTheHouseGoOn()
    {
        await using var lake = await OpenAsync(StreamRates.Aws);
        await lake.PutAsync("scores", "one");
        for (var i = 0; i < 5; i++)
        {
            Assert.Single((await ReadAsync(lake)).Records);
        }

        var error = await Assert.ThrowsAsync<TarnException>(() => ReadAsync(lake));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(["one"], await lake.TextsAsync("scores"));
        }

        Assert.Equal(
            (ErrorKind.LimitExceeded, ShardRates.Code, "rate exceeded for shard shardId-000000000000 in stream scores"),
            (error.Kind, error.Code, error.Message));
        Assert.Equal(1, lake.Registry.Get("scores").Logs[0].Counters.ThrottledReads);
        lake.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single((await ReadAsync(lake)).Records);
    }

    [Fact]
    public async Task SharedRead_10MebibytesFromALog_ClosesTheShardForFiveSeconds()
    {
        await using var lake = await OpenAsync(StreamRates.Unlimited);
        await lake.PutAsync("scores", [.. Enumerable.Repeat(new StreamEntry("k"u8.ToArray(), new byte[1 << 19]), 40)]);
        await ConfigureAsync(lake, StreamRates.Aws);
        var first = await ReadAsync(lake);
        Assert.InRange(first.Records.Sum(record => record.Data.Length), 9 << 20, 10 << 20);
        var paid = first.Records.Sum(record => record.Data.Length + 1) / (double)ReadLimit.BytesPerSecond;

        lake.Clock.Advance(TimeSpan.FromSeconds(paid) - TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<TarnException>(() => ReadAsync(lake));
        lake.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEmpty((await ReadAsync(lake)).Records);
    }

    [Fact]
    public async Task Rates_OfTheServer_HoldForStreamsThatAskForNone()
    {
        await using var lake = await Lake.OpenAsync(lake =>
            lake.Options = lake.Options with { Rates = StreamRates.Aws });
        await lake.CreateAsync("scores");

        Assert.Equal(1000, await StoredAsync(lake, 1500));
        await ConfigureAsync(lake, StreamRates.Unlimited);
        Assert.Equal(0, await StoredAsync(lake, 1));
        await lake.RestartAsync();
        Assert.Equal(1000, await StoredAsync(lake, 1500));
    }

    [Fact]
    public async Task Configure_Rates_HoldsAtOnceAndUntilTakenBack()
    {
        await using var lake = await OpenAsync(StreamRates.Unlimited);

        Assert.Equal(1500, await StoredAsync(lake, 1500));
        await ConfigureAsync(lake, StreamRates.Aws);
        Assert.Equal(1000, await StoredAsync(lake, 1500));
        await lake.RestartAsync();
        Assert.Equal(1000, await StoredAsync(lake, 1500));
        await ConfigureAsync(lake, StreamRates.Unlimited);
        Assert.Equal(1500, await StoredAsync(lake, 1500));
    }

    private static async Task<Lake> OpenAsync(StreamRates rates, int shards = 1)
    {
        var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(
            new StreamSpec { Name = "scores", ShardCount = shards, Rates = rates }, CancellationToken.None);
        return lake;
    }

    private static Task<StreamDescription> ConfigureAsync(Lake lake, StreamRates rates) =>
        lake.Streams.ConfigureAsync("scores", spec => spec with { Rates = rates }, CancellationToken.None);

    private static async Task<int> StoredAsync(Lake lake, int records)
    {
        var outcomes = await lake.PutAsync("scores", [.. Enumerable.Repeat(Lake.Entry("x"), records)]);
        return outcomes.Count(outcome => outcome.Error is null);
    }

    private static async Task<ReadBatch> ReadAsync(Lake lake) => await lake.SharedReads.ReadAsync(
        "scores", Lake.Shard0, SequenceNumber.Zero, new ReadBounds(10_000, 10 << 20), CancellationToken.None);
}
