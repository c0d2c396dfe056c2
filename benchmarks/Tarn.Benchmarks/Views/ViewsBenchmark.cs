using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Streams;

namespace Tarn.Benchmarks.Views;

/// <summary>
/// Materialized views over a filled stream, from CREATE to having counted all, beside the same by hand over the same
/// log.
/// </summary>
internal sealed class ViewsBenchmark(BenchmarkOptions options, string directory)
{
    private static readonly int[] BatchSizes = [10_000, 100_000];

    public async Task RunAsync()
    {
        foreach (var batch in BatchSizes)
        {
            await using var lake = await BenchmarkLake.OpenAsync(
                Path.Combine(directory, $"batch-{batch}"), views => views with { BatchRecordsMax = batch });
            var session = new ViewSession(lake);
            await session.CreateBucketAsync();
            var table = new FigureTable(
                $"{FigureText.Rate(options.Records)} records, one shard, batches of {FigureText.Number(batch)}",
                "view", "what", "records/s", "CPU ns/record", "records/s/core", "CPU of tarn / this");
            foreach (var users in ViewCase.All.GroupBy(view => view.Users))
            {
                var stream = $"scores_{users.Key}";
                await StreamFill.FillAsync(lake.Get<IStreams>(), stream, options.Records, users.Key);
                await session.CreateScoresSourceAsync(stream);
                foreach (var view in users)
                {
                    await RunAsync(lake, session, view, stream, table);
                }
            }

            table.Print();
        }
    }

    private async Task RunAsync(
        BenchmarkLake lake, ViewSession session, ViewCase view, string stream, FigureTable table)
    {
        var (tarn, hand) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var select = view.Select.Replace("{source}", stream, StringComparison.Ordinal);
            var counted = await session.CreateAndCatchUpAsync("v", "", select);
            var total = await session.NumberAsync("SELECT CAST(sum(n) AS bigint) FROM v");
            Totals.MustEqual(options.Records, total, $"records of '{view.Name}'");
            await session.DropAsync("v");
            var byHand = await ByHandAsync(lake.Get<IStreams>(), view, stream);
            if (round > 0) // The first one warms up.
            {
                tarn.Add(counted);
                hand.Add(byHand);
            }
        }

        Add(table, view.Name, "tarn: materialized view", tarn, tarn);
        Add(table, view.Name, "ceiling: dictionary and Utf8JsonReader", hand, tarn);
    }

    private async Task<Measured> ByHandAsync(IStreams streams, ViewCase view, string stream)
    {
        var count = view.ByHand();
        var clock = new CpuClock();
        await StreamFill.ReadAsync(streams, stream, batch =>
        {
            foreach (var record in batch)
            {
                count.Add(record.Data.Span);
            }
        });
        var elapsed = clock.Stop();
        Totals.MustEqual(options.Records, count.Total, "records counted by hand");
        return elapsed;
    }

    private void Add(FigureTable table, string view, string what, List<Measured> rounds, List<Measured> tarn)
    {
        var cost = rounds.CpuCost(options.Records);
        table.Add(
            view,
            what,
            FigureText.Rate(rounds.Rate(options.Records)),
            FigureText.Number(cost),
            FigureText.Rate(1e9 / cost),
            FigureText.Ratio(tarn.CpuCost(options.Records) / cost));
    }
}
