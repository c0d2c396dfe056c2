using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing.Nexmark;

namespace Tarn.Benchmarks.Views;

/// <summary>
/// Nexmark's queries over filled streams, from CREATE to a subscriber's having the last row. What others publish per
/// core stands beside it; it was measured on other machines.
/// </summary>
internal sealed class NexmarkBenchmark(BenchmarkOptions options, string directory)
{
    private const int EventsPerSecond = 10_000;
    private const int EntriesPerAppend = 500;
    private static readonly DateTime Start = new(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc);

    /// <summary>Thousand records a second and core: Flink as its cloud's guide has it, RisingWave as it says.</summary>
    private static readonly Dictionary<string, (string Flink, string RisingWave)> Published = new()
    {
        ["q1"] = ("158 k", "119 k"), ["q4"] = ("34 k", ""), ["q5"] = ("22 k", "5-9 k"), ["q7"] = ("12 k", "20-99 k"),
        ["q8"] = ("146 k", "61 k"), ["q12"] = ("76 k", ""), ["q17"] = ("117 k", ""),
    };

    public async Task RunAsync()
    {
        await using var lake = await BenchmarkLake.OpenAsync(
            directory, views => views with { BatchRecordsMax = 100_000 });
        var session = new ViewSession(lake);
        await session.CreateBucketAsync();
        var counts = await FillAsync(lake.Get<IStreams>());
        foreach (var (name, columns) in NexmarkGenerator.Columns)
        {
            await CreateSourceAsync(session, name, columns);
        }

        var table = new FigureTable(
            $"Nexmark, {FigureText.Rate(options.Records)} events, batches of 100,000; machines differ",
            "query", "events read", "events/s/core", "Flink/core", "RisingWave/core", "or why not");
        foreach (var query in NexmarkQuery.Names.Select(NexmarkQuery.Read))
        {
            var (flink, wave) = Published.GetValueOrDefault(query.Name, ("", ""));
            var events = counts.Where(count => Reads(query, count.Key)).Sum(count => count.Value);
            var (cost, refusal) = await MeasureAsync(session, query, events);
            table.Add(
                query.Name,
                FigureText.Number(events),
                cost is { } nanoseconds ? FigureText.Rate(1e9 / nanoseconds) : "",
                flink,
                wave,
                refusal);
        }

        table.Print();
    }

    private async Task<(double? Cost, string Refusal)> MeasureAsync(
        ViewSession session, NexmarkQuery query, long events)
    {
        var rounds = new List<Measured>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            try
            {
                rounds.Add(await session.CreateAndShowAsync(query.Name, query.Options, query.View));
            }
            catch (TarnException refusal) when (refusal.Kind == ErrorKind.Unsupported)
            {
                return (null, refusal.Message);
            }

            await session.DropAsync(query.Name);
        }

        return (rounds.Skip(1).CpuCost(events), ""); // The first one warms up.
    }

    private static bool Reads(NexmarkQuery query, string stream) =>
        query.View.Split([' ', '\n', '(', ',', ')']).Contains(stream)
        && (query.View.Contains($"FROM {stream}", StringComparison.Ordinal)
            || query.View.Contains($"JOIN {stream}", StringComparison.Ordinal)
            || query.View.Contains($"({stream},", StringComparison.Ordinal));

    private static async Task CreateSourceAsync(ViewSession session, string name, string columns)
    {
        var tail = $"FROM STREAM '{name}' FORMAT JSON";
        try
        {
            await session.RunAsync($"CREATE SOURCE {name} ({columns}, "
                + $"WATERMARK FOR date_time AS date_time - INTERVAL '4 seconds') {tail}");
        }
        catch (TarnException refusal) when (refusal.Kind == ErrorKind.Unsupported)
        {
            await session.RunAsync($"CREATE SOURCE {name} ({columns}) {tail}");
        }
    }

    private async Task<Dictionary<string, long>> FillAsync(IStreams streams)
    {
        var generator = new NexmarkGenerator(seed: 1, Start, EventsPerSecond);
        var counts = NexmarkGenerator.Columns.Keys.ToDictionary(name => name, _ => 0L);
        var pending = NexmarkGenerator.Columns.Keys.ToDictionary(name => name, _ => new List<StreamEntry>());
        foreach (var name in counts.Keys)
        {
            await streams.CreateAsync(new StreamSpec { Name = name }, CancellationToken.None);
        }

        for (var number = 0; number < options.Records; number++)
        {
            var made = generator.Make(number);
            counts[made.Stream]++;
            pending[made.Stream].Add(new StreamEntry(made.Key, made.Json));
            if (pending[made.Stream].Count == EntriesPerAppend)
            {
                await PutAsync(streams, made.Stream, pending[made.Stream]);
            }
        }

        foreach (var (name, entries) in pending)
        {
            await PutAsync(streams, name, entries);
        }

        return counts;
    }

    private static async Task PutAsync(IStreams streams, string stream, List<StreamEntry> entries)
    {
        var outcomes = await streams.AppendAsync(stream, entries, CancellationToken.None);
        Totals.MustEqual(0, outcomes.Count(outcome => outcome.Error is not null), "events refused");
        entries.Clear();
    }
}
