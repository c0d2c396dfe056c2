using Xunit.Abstractions;

namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>Every kind of view over windows of random streams against batch SQL over all records.</summary>
public sealed class WindowedStreamTests(ITestOutputHelper output)
{
    /// <summary>Events that come long after the watermark has passed them.</summary>
    private static readonly StreamShape Late = new()
    {
        Name = "late", Disorder = TimeSpan.FromSeconds(150), Delay = TimeSpan.FromSeconds(15),
    };

    /// <summary>The watermark stays further behind than events do: nothing is late.</summary>
    [Theory]
    [InlineData("calm", 11)]
    [InlineData("an idle shard, killed", 12)]
    [InlineData("resharded", 13)]
    [InlineData("resharded and killed", 14)]
    [InlineData("dated ahead", 15)]
    [InlineData("many nulls and repeats", 16)]
    public async Task Windows_NothingLate_EqualBatch(string name, int seed)
    {
        var shape = StreamShape.Named(name);
        var source = EventTable.TimedSource("events", shape.Delay);
        await using var run = await KindRun.OpenAsync(shape, seed, source, output);
        await run.CreateAsync(ViewKinds.Windowed);
        Assert.Subset(run.Taken.ToHashSet(), ViewKinds.Windowed.Where(kind => !kind.MayBeRefused).ToHashSet());

        await run.GrowAsync();
        var closedAt = await run.Stream.CloseAsync();

        await run.AssertEqualAsync(closedAt - shape.Delay);
        Assert.All(run.Taken, kind => Assert.Equal(0, run.Lake.Status(KindRun.NameOf(kind)).LateRecords));
    }

    /// <summary>
    /// What is late depends on how records fell into batches. Whatever it was: the view and its late rows are all
    /// records, those are late that must be, and none that cannot be. After a crash records come again in larger
    /// batches, where what was late before it may come beside what made it late.
    /// </summary>
    [Theory]
    [InlineData(21, false)]
    [InlineData(22, false)]
    [InlineData(23, true)]
    [InlineData(24, true)]
    public async Task Tumbling_LateRecords_ViewAndLateRowsAreAllRecords(int seed, bool reshards)
    {
        var shape = Late with { Reshards = reshards, Crashes = seed % 2 == 0 };
        var source = EventTable.TimedSource("events", shape.Delay);
        await using var run = await KindRun.OpenAsync(shape, seed, source, output);
        await run.CreateAsync(ViewKinds.Windowed.Where(kind => kind.IsForLateRecords));
        var (must, cannot) = await GrowAsync(run, seed);
        var closedAt = await run.Stream.CloseAsync();

        foreach (var kind in run.Taken)
        {
            var view = KindRun.NameOf(kind);
            await run.Lake.CatchUpAsync(view);
            var late = await run.Lake.TableAsync(view + "_late", "record");
            Assert.Empty(shape.Crashes ? [] : TextRows.Without(must, late));
            Assert.Empty(cannot.Intersect(late));
            var counted = TextRows.Without(run.Stream.Sent.Select(sent => sent.Payload), late);
            Assert.Equal(run.Stream.Sent.Count - late.Count, counted.Count);
            using var duckDb = run.Lake.OpenDuckDb("batch-" + view);
            using var session = EventTable.OpenBatch(duckDb, "events", counted);
            TextRows.AssertEqual(
                await TextRows.ReadAsync(session, kind.BatchAt(closedAt - shape.Delay)),
                await run.Lake.RowsAsync(view),
                $"{kind.Name}, seed {seed}");
        }

        Assert.True(
            (must.Count > 20 || reshards) && cannot.Count > 20, $"{must.Count} must be late, {cannot.Count} cannot be");
    }

    /// <summary>Steps that views catch up with, so that the watermark before each is bounded.</summary>
    private static async Task<(List<string> Must, List<string> Cannot)> GrowAsync(KindRun run, int seed)
    {
        const int Steps = 6;
        var random = new Random(seed);
        var (must, cannot) = (new List<string>(), new List<string>());
        var passed = DateTime.MinValue;
        for (var step = 0; step < Steps; step++)
        {
            if (run.Shape.Crashes)
            {
                await (random.Next(2) == 0 ? run.Lake.CrashAsync() : run.Lake.RestartAsync());
            }

            foreach (var kind in run.Taken)
            {
                await run.Lake.CatchUpAsync(KindRun.NameOf(kind));
            }

            passed = run.Stream.WatermarkMin is { } least && least > passed ? least : passed;
            var before = run.Stream.Sent.Count;
            await run.Stream.StepAsync();
            foreach (var sent in run.Stream.Sent.Skip(before).Where(sent => sent.At is not null))
            {
                var end = sent.At!.Value.AddTicks(
                    TimeSpan.TicksPerMinute - (sent.At.Value.Ticks % TimeSpan.TicksPerMinute));
                if (end <= passed)
                {
                    must.Add(sent.Payload);
                }
                else if (end > run.Stream.WatermarkMax)
                {
                    cannot.Add(sent.Payload);
                }
            }
        }

        return (must, cannot);
    }
}
