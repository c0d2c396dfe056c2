using Microsoft.Extensions.Time.Testing;
using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.Primitives.Errors;
using Xunit.Abstractions;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Views that count what was delivered before they count their streams: each record once.</summary>
public sealed class LakeBackfillTests(ITestOutputHelper output)
{
    private const string View =
        "CREATE MATERIALIZED VIEW v WITH (backfill = 'lake') AS SELECT user_id, count(*) AS n FROM scores GROUP BY 1";

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Create_RecordsInTheLakeAndInTheLog_EachCountedOnce(int leave)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var lake = await OpenAsync(time, shards: 2);
        await PutAsync(lake, 20);
        await lake.Kept.KeepAsync(lake.Lake.Streams, "scores", leave: 0, partSize: 3);
        time.Advance(TimeSpan.FromHours(25));
        await PutAsync(lake, 20);
        await lake.Kept.KeepAsync(lake.Lake.Streams, "scores", leave, partSize: 4);

        await lake.Lake.RunAsync(View);
        await PutAsync(lake, 5);

        Assert.Equal(["ann | 45"], await lake.Lake.RowsAsync("v"));
        Assert.Equal(45, lake.Lake.Status("v").Records);
        await lake.Lake.RestartAsync();
        await PutAsync(lake, 1);
        Assert.Equal(["ann | 46"], await lake.Lake.RowsAsync("v"));
        Assert.Contains("backfill = 'lake'", await lake.Lake.RunAsync("SHOW CREATE MATERIALIZED VIEW v"));
        await lake.Lake.RunAsync("CREATE MATERIALIZED VIEW kept AS SELECT count(*) AS n FROM scores");
        Assert.Equal(["26"], await lake.Lake.RowsAsync("kept"));
    }

    [Fact]
    public async Task Kill_WithinTheHistory_BeginsAgain_AndCountsOnce()
    {
        await using var lake = await OpenAsync(TimeProvider.System, shards: 2);
        await PutAsync(lake, 30);
        await lake.Kept.KeepAsync(lake.Lake.Streams, "scores", leave: 2, partSize: 1);
        var gate = new TaskCompletionSource();
        await lake.Lake.RunAsync(View);
        await lake.Lake.CatchUpAsync("v");
        for (var crash = 0; crash < 2; crash++)
        {
            lake.Kept.Gate = gate.Task;
            await lake.Lake.Engine.BackfillAsync("v", default);
            Assert.Equal(["ann | 30"], await lake.Lake.RowsAsync("v"));
            var backfill = await lake.Lake.BackfillOnceOpenAsync("v");
            Assert.Equal(("lake", 0, 0L, 30L), (
                backfill.From, backfill.Percent, backfill.RecordsDone, backfill.RecordsInAll));
            await (crash == 0 ? lake.Lake.CrashAsync() : lake.Lake.RestartAsync());
        }

        gate.SetResult();
        await lake.Lake.UntilReplacedAsync("v");
        Assert.Equal(["ann | 30"], await lake.Lake.RowsAsync("v"));
        await lake.Lake.CrashAsync();
        await PutAsync(lake, 1);
        Assert.Equal(["ann | 31"], await lake.Lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Create_HistoryThatIsRefused_IsRefused_AndNothingIsMade()
    {
        await using var lake = await OpenAsync(TimeProvider.System, shards: 1);
        lake.Kept.IsRefused = true;

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.Lake.RunAsync(View));

        Assert.Equal((ErrorKind.Unsupported, "a step changes records"), (refusal.Kind, refusal.Message));
        Assert.Empty(lake.Lake.Engine.List());
        await using var bare = await Lake.OpenAsync();
        refusal = await Assert.ThrowsAsync<TarnException>(() => bare.RunAsync(View));
        Assert.Equal("stream 'scores' is not delivered to a table", refusal.Message);
    }

    /// <summary>All kinds over windows, with a history of all but the newest records: none of it is late.</summary>
    [Theory]
    [InlineData("calm", 5)]
    [InlineData("an idle shard, killed", 6)]
    public async Task RandomStream_HistoryAndLog_EqualBatch(string shape, int seed)
    {
        var stream = StreamShape.Named(shape);
        await using var run = await KindRun.OpenAsync(
            stream, seed, EventTable.TimedSource("events", stream.Delay), output);
        for (var step = 0; step < 5; step++)
        {
            await run.Stream.StepAsync();
        }

        var kept = new KeptHistory();
        await kept.KeepAsync(run.Lake.Streams, EventTable.Stream, leave: 7, partSize: 50);
        run.Lake.History = kept;
        await run.Lake.RestartAsync();
        await run.CreateAsync(ViewKinds.Windowed.Concat(ViewKinds.Plain).Select(kind => kind with
        {
            Options = kind.Options.Length == 0
                ? "WITH (backfill = 'lake')" : kind.Options.Replace(")", ", backfill = 'lake')"),
        }));

        var watermark = await run.Stream.CloseAsync();

        await run.AssertEqualAsync(watermark - stream.Delay);
        Assert.True(kept.Opened > 0);
    }

    private static async Task<KeptLake> OpenAsync(TimeProvider time, int shards)
    {
        var lake = await Lake.OpenAsync(time, shards);
        var kept = new KeptHistory();
        lake.History = kept;
        await lake.RestartAsync();
        return new KeptLake(lake, kept);
    }

    private static Task PutAsync(KeptLake lake, int count) =>
        lake.Lake.PutAsync([.. Enumerable.Range(0, count).Select(i => $"{{\"user_id\":\"ann\",\"level\":{i}}}")]);

    private sealed record KeptLake(Lake Lake, KeptHistory Kept) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Lake.DisposeAsync();
    }
}
