using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Streams;

namespace Tarn.Benchmarks.Views;

/// <summary>What a hundred views cost over one stream in which little or nothing happens.</summary>
internal sealed class QuietBenchmark(BenchmarkOptions options, string directory)
{
    private const int Views = 100;
    private const int Users = 50;
    private static readonly int[] Rates = [0, 1, 10];

    public async Task RunAsync()
    {
        await using var lake = await BenchmarkLake.OpenAsync(directory);
        var session = new ViewSession(lake);
        await lake.Get<IStreams>().CreateAsync(new StreamSpec { Name = "scores" }, CancellationToken.None);
        await session.CreateScoresSourceAsync("scores");
        for (var view = 0; view < Views; view++)
        {
            await session.RunAsync($"CREATE MATERIALIZED VIEW v{view} AS SELECT user_id, count(*) AS n, "
                + $"sum(score) AS s FROM scores WHERE user_id <> {view} GROUP BY user_id");
        }

        var table = new FigureTable(
            $"{Views} views over one stream", "records/s", "seconds", "CPU share of a core", "working set MiB");
        foreach (var rate in Rates)
        {
            await MeasureAsync(lake, session, rate, seconds: 2); // Warms up.
            var measured = await MeasureAsync(lake, session, rate, options.Seconds);
            table.Add(
                FigureText.Number(rate),
                FigureText.Number(measured.Elapsed.TotalSeconds),
                FigureText.Number(measured.Cpu / measured.Elapsed * 100) + " %",
                FigureText.Number(Environment.WorkingSet / (double)(1 << 20)));
        }

        table.Print();
    }

    private static async Task<Measured> MeasureAsync(BenchmarkLake lake, ViewSession session, int rate, int seconds)
    {
        var puts = new PacedPuts(lake.Get<IStreams>(), "scores", rate, Users, notesMoments: false);
        var clock = new CpuClock();
        await (rate == 0
            ? Task.Delay(TimeSpan.FromSeconds(seconds))
            : puts.RunAsync(TimeSpan.FromSeconds(seconds)));
        var measured = clock.Stop();
        foreach (var view in session.Views.List())
        {
            await session.Views.CatchUpAsync(view.Name, CancellationToken.None);
        }

        return measured;
    }
}
