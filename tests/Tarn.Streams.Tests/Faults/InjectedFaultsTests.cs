using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Faults;

public sealed class InjectedFaultsTests
{
    private const int Count = 2000;

    [Theory]
    [InlineData(0.25, 450, 550)]
    [InlineData(1, Count, Count)]
    [InlineData(0.001, 0, 10)]
    public async Task Append_ErrorRate_FailsThatShareAndStoresTheOthersInOrder(double rate, int from, int to)
    {
        await using var lake = await OpenAsync(new StreamFaults(rate, 0));

        var outcomes = await lake.PutAsync("scores", Entries());

        var failed = outcomes.Where(outcome => outcome.Error is not null).ToList();
        Assert.InRange(failed.Count, from, to);
        Assert.All(failed, outcome => Assert.Equal(
            (ErrorKind.Unavailable, "InternalFailure"), (outcome.Error!.Kind, outcome.Error.Code)));
        var stored = Enumerable.Range(0, Count).Where(i => outcomes[i].Error is null).ToList();
        Assert.Equal(stored.Select(i => $"{i}"), await lake.TextsAsync("scores"));
        var read = await lake.ReadAsync("scores", SequenceNumber.Zero);
        Assert.Equal(stored.Select(i => outcomes[i].SequenceNumber), read.Records.Select(r => r.SequenceNumber));
        Assert.Equal(failed.Count, lake.Registry.Get("scores").Logs[0].Counters.Stream.FailedRecords);
    }

    [Fact]
    public async Task Append_Fault_SaysThatItWasAskedFor()
    {
        await using var lake = await OpenAsync(new StreamFaults(1, 0));

        var outcome = await lake.PutAsync("scores", "x");

        Assert.Equal(
            "fault injected: stream 'scores' is set to fail 100 % of its records", outcome.Error!.Message);
    }

    [Fact]
    public async Task Append_Latency_IsStoredAndAnsweredAfterIt()
    {
        await using var lake = await OpenAsync(new StreamFaults(0, 300));

        var put = lake.PutAsync("scores", "x");
        lake.Clock.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Empty(await lake.TextsAsync("scores"));
        Assert.False(put.IsCompleted);
        lake.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null((await put).Error);
        Assert.Equal(["x"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Append_StreamDeletedDuringTheLatency_IsNotFound()
    {
        await using var lake = await OpenAsync(new StreamFaults(0, 300));
        var put = lake.PutAsync("scores", "x");

        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        lake.Clock.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<TarnException>(() => put)).Kind);
    }

    [Fact]
    public async Task SharedRead_ErrorRate_FailsThatShareAndReadersOfTheHouseNever()
    {
        await using var lake = await OpenAsync(StreamFaults.None);
        await lake.PutAsync("scores", "x");
        await ConfigureAsync(lake, new StreamFaults(0.5, 0));
        var failures = new List<TarnException>();
        for (var i = 0; i < 400; i++)
        {
            Assert.Equal(["x"], await lake.TextsAsync("scores"));
            try
            {
                Assert.Single((await ReadAsync(lake)).Records);
            }
            catch (TarnException failure)
            {
                failures.Add(failure);
            }
        }

        Assert.InRange(failures.Count, 150, 250);
        Assert.All(failures, failure => Assert.Equal(
            (ErrorKind.Unavailable, "InternalFailure",
                "fault injected: stream 'scores' is set to fail 50 % of its reads"),
            (failure.Kind, failure.Code, failure.Message)));
        await ConfigureAsync(lake, StreamFaults.None);
        for (var i = 0; i < 100; i++)
        {
            Assert.Single((await ReadAsync(lake)).Records);
        }
    }

    [Fact]
    public async Task SharedRead_Latency_IsAnsweredAfterIt()
    {
        await using var lake = await OpenAsync(new StreamFaults(0, 60_000));

        var read = ReadAsync(lake);
        lake.Clock.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.False(read.IsCompleted);
        lake.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty((await read).Records);
    }

    private static async Task<Lake> OpenAsync(StreamFaults faults)
    {
        var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(
            new StreamSpec { Name = "scores", Faults = faults }, CancellationToken.None);
        return lake;
    }

    private static Task<StreamDescription> ConfigureAsync(Lake lake, StreamFaults faults) =>
        lake.Streams.ConfigureAsync("scores", spec => spec with { Faults = faults }, CancellationToken.None);

    private static StreamEntry[] Entries() => [.. Enumerable.Range(0, Count).Select(i => Lake.Entry($"{i}"))];

    private static async Task<ReadBatch> ReadAsync(Lake lake) => await lake.SharedReads.ReadAsync(
        "scores", Lake.Shard0, SequenceNumber.Zero, new ReadBounds(10_000, 10 << 20), CancellationToken.None);
}
