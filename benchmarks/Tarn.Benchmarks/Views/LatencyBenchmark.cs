using System.Diagnostics;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Streams;

namespace Tarn.Benchmarks.Views;

/// <summary>
/// From a record's put to the change that shows it in a subscription: counts per user, 50 users, with the log's fsync
/// in between. The client adds up the changes it gets, so that it knows which puts it sees.
/// </summary>
internal sealed class LatencyBenchmark(BenchmarkOptions options, string directory)
{
    private const int Users = 50;
    private static readonly int[] Rates = [10_000, 100_000];
    private static readonly TimeSpan SubscriptionInterval = TimeSpan.FromMilliseconds(10);

    public async Task RunAsync()
    {
        var table = new FigureTable(
            "Put to visible in a subscription, one shard, one writer, changes every 10 ms",
            "records/s wanted", "records/s put", "p50 ms", "p99 ms", "max ms", "CPU share of a core");
        foreach (var rate in Rates)
        {
            await RunAsync(rate, options.Seconds, table: null); // Warms up.
            await RunAsync(rate, options.Seconds, table);
        }

        table.Print();
    }

    private async Task RunAsync(int rate, int seconds, FigureTable? table)
    {
        var folder = Path.Combine(directory, $"latency-{rate}-{table is null}");
        await using var lake = await BenchmarkLake.OpenAsync(folder);
        var session = new ViewSession(lake);
        await lake.Get<IStreams>().CreateAsync(new StreamSpec { Name = "scores" }, CancellationToken.None);
        await session.CreateScoresSourceAsync("scores");
        await session.RunAsync(
            "CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) AS n FROM scores GROUP BY user_id");
        await session.Views.CatchUpAsync("v", CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var puts = new PacedPuts(lake.Get<IStreams>(), "scores", rate, Users, notesMoments: true);
        var seen = WatchAsync(session, puts, stop.Token);
        var clock = new CpuClock();
        await puts.RunAsync(TimeSpan.FromSeconds(seconds));
        var measured = clock.Stop();
        await session.Views.CatchUpAsync("v", CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        await stop.CancelAsync();
        var (latencies, visible) = await seen;
        Totals.MustEqual(puts.Total, visible, "records visible in the subscription");
        table?.Add(
            FigureText.Number(rate),
            FigureText.Number(puts.Total / measured.Elapsed.TotalSeconds),
            FigureText.Number(latencies.Median()),
            FigureText.Number(latencies.Percentile(0.99)),
            FigureText.Number(latencies.Max()),
            FigureText.Number(measured.Cpu / measured.Elapsed * 100) + " %");
    }

    private static async Task<(List<double> Latencies, long Visible)> WatchAsync(
        ViewSession session, PacedPuts puts, CancellationToken stop)
    {
        var (counts, latencies, visible) = (new Dictionary<object, long>(), new List<double>(), 0L);
        try
        {
            await foreach (var change in session.Views.SubscribeAsync("v", SubscriptionInterval, since: null, stop))
            {
                foreach (var row in change.Rows)
                {
                    visible += (long)row[1]! - counts.GetValueOrDefault(row[0]!);
                    counts[row[0]!] = (long)row[1]!;
                }

                while (puts.TryTake(visible, out var dueAt))
                {
                    latencies.Add(Stopwatch.GetElapsedTime(dueAt).TotalMilliseconds);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }

        return (latencies, visible);
    }
}
