using Microsoft.Extensions.Time.Testing;
using Tarn.ContinuousQueries.Tests.Lookups;
using Tarn.Primitives.Errors;
using Xunit.Abstractions;

namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>A run of kinds over one random stream: made, grown step by step, compared with the batch.</summary>
internal sealed class KindRun : IAsyncDisposable
{
    private const int Steps = 6;
    private readonly int _seed;
    private readonly ITestOutputHelper _output;
    private readonly List<ViewKind> _taken = [];

    private KindRun(Lake lake, FakeTimeProvider clock, StreamShape shape, int seed, ITestOutputHelper output)
    {
        Lake = lake;
        Shape = shape;
        _seed = seed;
        _output = output;
        Stream = new RandomStream(lake, clock, shape, seed);
    }

    public Lake Lake { get; }

    public StreamShape Shape { get; }

    public RandomStream Stream { get; }

    /// <summary>Kinds that the engine has taken.</summary>
    public IReadOnlyList<ViewKind> Taken => _taken;

    public static async Task<KindRun> OpenAsync(StreamShape shape, int seed, string source, ITestOutputHelper output)
    {
        var clock = new FakeTimeProvider(RandomStream.Start);
        var lake = await Lake.OpenAsync(clock, snapshotInterval: TimeSpan.FromSeconds(10));
        var run = new KindRun(lake, clock, shape, seed, output);
        await run.Stream.CreateAsync();
        await GameTable.CreateAsync(lake.Tables);
        await lake.RunAsync(source);
        await run.Stream.StepAsync();
        return run;
    }

    public static string NameOf(ViewKind kind) => "v_" + kind.Name.Replace(' ', '_');

    /// <summary>Creates the views; those that are refused say why.</summary>
    public async Task CreateAsync(IEnumerable<ViewKind> kinds)
    {
        foreach (var kind in kinds)
        {
            try
            {
                await Lake.RunAsync(kind.Create(NameOf(kind)));
                _taken.Add(kind);
            }
            catch (TarnException refusal) when (refusal.Kind == ErrorKind.Unsupported)
            {
                _output.WriteLine($"{kind.Name} is refused: {refusal.Describe()}");
            }
        }
    }

    /// <summary>Lets the stream grow while views count, stop and are killed.</summary>
    public async Task GrowAsync()
    {
        var random = new Random(_seed);
        for (var step = 1; step < Steps; step++)
        {
            await Stream.StepAsync();
            if (random.Next(3) > 0)
            {
                var view = NameOf(_taken[random.Next(_taken.Count)]);
                var caughtUp = await Record.ExceptionAsync(() => Lake.CatchUpAsync(view));
                Assert.True(caughtUp is null, $"{view}: {caughtUp}, {Lake.Status(view)}");
            }

            if (Shape.Crashes)
            {
                await (random.Next(2) == 0 ? Lake.CrashAsync() : Lake.RestartAsync());
            }
        }
    }

    /// <summary>Every view equals the batch computation over all records, the watermark having come so far.</summary>
    public async Task AssertEqualAsync(DateTime watermark)
    {
        using var duckDb = Lake.OpenDuckDb("batch");
        using var session = EventTable.OpenBatch(duckDb, "events", Stream.Sent.Select(sent => sent.Payload));
        Assert.All(_taken, kind => Assert.Null(Lake.Status(NameOf(kind)).Error));
        foreach (var kind in _taken)
        {
            var expected = await TextRows.ReadAsync(session, kind.BatchAt(watermark));
            var actual = await Lake.RowsAsync(NameOf(kind));
            TextRows.AssertEqual(expected, actual, $"{kind.Name}, shape '{Shape.Name}', seed {_seed}");
            var status = Lake.Status(NameOf(kind));
            Assert.Equal(Stream.Sent.Count, status.Records + status.BadRecords + status.LateRecords);
        }
    }

    public ValueTask DisposeAsync() => Lake.DisposeAsync();
}
