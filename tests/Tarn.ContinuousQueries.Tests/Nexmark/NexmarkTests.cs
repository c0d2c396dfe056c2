using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Testing.Nexmark;
using Xunit.Abstractions;

namespace Tarn.ContinuousQueries.Tests.Nexmark;

/// <summary>Nexmark's queries as views, against batch SQL over all events.</summary>
public sealed class NexmarkTests(ITestOutputHelper output)
{
    private const int Seed = 7;
    private const int Events = 4_000;

    /// <summary>Must be taken. A query that is added to what the engine takes is added here.</summary>
    private static readonly HashSet<string> Expressible = ["q11", "q12", "q17"];

    private static readonly DateTime Start = new(2026, 11, 23, 7, 59, 30, DateTimeKind.Utc);

    [Fact]
    public async Task Queries_EqualBatch_OrAreRefusedWithTheReason()
    {
        await using var lake = await Lake.OpenAsync();
        var nexmark = new NexmarkLake(lake, new NexmarkGenerator(Seed, Start, eventsPerSecond: 100));
        await nexmark.CreateAsync();
        await nexmark.PutAsync(Events / 4);
        var taken = new List<NexmarkQuery>();
        foreach (var query in NexmarkQuery.Names.Select(NexmarkQuery.Read))
        {
            try
            {
                await lake.RunAsync($"CREATE MATERIALIZED VIEW {query.Name} {query.Options} AS {query.View}");
                taken.Add(query);
            }
            catch (TarnException refusal) when (refusal.Kind == ErrorKind.Unsupported)
            {
                output.WriteLine($"{query.Name} is refused: {refusal.Describe()}");
            }
        }

        await nexmark.PutAsync(Events / 4);
        await lake.CatchUpAsync(taken[0].Name);
        await lake.CrashAsync();
        await nexmark.PutAsync(Events / 2);

        Assert.Subset(taken.Select(query => query.Name).ToHashSet(), Expressible);
        using var duckDb = lake.OpenDuckDb("batch");
        using var session = nexmark.OpenBatch(duckDb);
        foreach (var query in taken)
        {
            var expected = await TextRows.ReadAsync(session, query.Batch);
            TextRows.AssertEqual(expected, await lake.RowsAsync(query.Name), $"{query.Name}, seed {Seed}");
            Assert.NotEmpty(expected);
        }
    }

    [Fact]
    public async Task Batch_OfEveryQuery_HasRows()
    {
        await using var lake = await Lake.OpenAsync();
        var nexmark = new NexmarkLake(lake, new NexmarkGenerator(Seed, Start, eventsPerSecond: 100));
        await nexmark.CreateAsync();
        await nexmark.PutAsync(Events);
        using var duckDb = lake.OpenDuckDb("batch");
        using var session = nexmark.OpenBatch(duckDb);

        foreach (var query in NexmarkQuery.Names.Select(NexmarkQuery.Read))
        {
            Assert.True((await TextRows.ReadAsync(session, query.Batch)).Count > 0, query.Name);
            Assert.NotEqual("", query.About);
        }
    }

    [Fact]
    public void Generator_Ratios_AreThosePublished()
    {
        var generator = new NexmarkGenerator(Seed, Start, eventsPerSecond: 10_000);
        var events = Enumerable.Range(0, 50_000).Select(number => generator.Make(number)).ToList();

        Assert.Equal(
            [("person", 1_000), ("auction", 3_000), ("bid", 46_000)],
            events.CountBy(made => made.Stream).Select(count => (count.Key, count.Value)));
        var bids = events.Where(made => made.Stream == "bid")
            .Select(made => JsonDocument.Parse(made.Json).RootElement).ToList();
        Assert.InRange(Share(bids, bid => bid.GetProperty("auction").GetInt64() % 100 == 0), 0.48, 0.54);
        Assert.InRange(Share(bids, bid => bid.GetProperty("bidder").GetInt64() % 100 == 1), 0.73, 0.79);
        Assert.InRange(Share(bids, bid => bid.GetProperty("price").GetInt64() < 100_000), 0.48, 0.52);
        Assert.Equal(events[1234].Json, generator.Make(1234).Json);
        Assert.NotEqual(events[1234].Json, new NexmarkGenerator(Seed + 1, Start, 10_000).Make(1234).Json);
    }

    private static double Share(List<JsonElement> bids, Func<JsonElement, bool> isCounted) =>
        bids.Count(isCounted) / (double)bids.Count;
}
